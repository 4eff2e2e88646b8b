using Microsoft.EntityFrameworkCore;
using Shop.Contracts;
using Shop.Data;
using Shop.Domain;

namespace Shop.Services;

public sealed class PaymentService(ShopDb db, CardGateway gateway, TimeProvider clock)
{
    public async Task<Payment> PayAsync(long orderId, PayOrder card, CancellationToken cancellationToken)
    {
        Order order = await db.Orders.Include(order => order.Lines).FirstOrDefaultAsync(order => order.Id == orderId, cancellationToken)
            ?? throw ShopException.NotFound("order");
        order.MarkPaid();
        await gateway.ChargeAsync(card, order.TotalCents, cancellationToken);

        var payment = new Payment
        {
            OrderId = order.Id,
            AmountCents = order.TotalCents,
            MaskedCard = "************" + card.CardNumber[^4..],
            PaidAt = clock.GetUtcNow(),
        };
        db.Payments.Add(payment);
        await db.SaveChangesAsync(cancellationToken);
        return payment;
    }
}
