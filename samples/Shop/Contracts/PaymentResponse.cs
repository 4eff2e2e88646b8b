using Shop.Domain;

namespace Shop.Contracts;

public sealed record PaymentResponse(long Id, long OrderId, long AmountCents)
{
    public static PaymentResponse From(Payment payment) => new(payment.Id, payment.OrderId, payment.AmountCents);
}
