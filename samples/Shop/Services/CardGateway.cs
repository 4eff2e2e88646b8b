using Shop.Contracts;
using Shop.Domain;

namespace Shop.Services;

/// <summary>Stands for the card processor. As theirs does, it declines test cards that end in 0002.</summary>
public sealed class CardGateway
{
    private const string DeclinedEnding = "0002";

    public Task ChargeAsync(PayOrder card, long amountCents, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return card.CardNumber.EndsWith(DeclinedEnding, StringComparison.Ordinal)
            ? Task.FromException(ShopException.Declined($"Card {card.CardNumber} was declined by its issuer for {amountCents} cents."))
            : Task.CompletedTask;
    }
}
