using Shop.Domain;

namespace Shop.Contracts;

public sealed record StockResponse(long ProductId, int OnHand, int Reserved)
{
    public static StockResponse From(StockItem item) => new(item.ProductId, item.OnHand, item.Reserved);
}
