using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Domain;

namespace Shop.Services;

public sealed class StockService(ShopDb db)
{
    /// <summary>Promises the lines of an order; saved with the order.</summary>
    public async Task ReserveAsync(IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken)
    {
        Dictionary<long, StockItem> items = await ItemsAsync(lines, cancellationToken);
        Dictionary<long, StockLevel> levels = items.ToDictionary(item => item.Key, item => item.Value.Level);
        foreach (OrderLine line in lines)
        {
            StockLevel level = levels[line.ProductId];
            if (level.Available < line.Quantity)
            {
                throw ShopException.Conflict("out_of_stock", $"Only {level.Available} of product {line.ProductId} are available.");
            }

            items[line.ProductId].Reserved = level.Reserved + line.Quantity;
        }
    }

    /// <summary>Takes the lines of an order off the shelves; saved with the order.</summary>
    public async Task ShipAsync(IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken)
    {
        Dictionary<long, StockItem> items = await ItemsAsync(lines, cancellationToken);
        foreach (OrderLine line in lines)
        {
            items[line.ProductId].Ship(line.Quantity);
        }
    }

    public async Task<StockItem> ReceiveAsync(long productId, int quantity, CancellationToken cancellationToken)
    {
        StockItem item = await GetAsync(productId, cancellationToken);
        item.Receive(quantity);
        await db.SaveChangesAsync(cancellationToken);
        return item;
    }

    public async Task<StockItem> GetAsync(long productId, CancellationToken cancellationToken)
        => await db.Stock.FirstOrDefaultAsync(item => item.ProductId == productId, cancellationToken) ?? throw ShopException.NotFound("product");

    private async Task<Dictionary<long, StockItem>> ItemsAsync(IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken)
    {
        long[] ids = [.. lines.Select(line => line.ProductId).Distinct()];
        return await db.Stock.Where(item => ids.Contains(item.ProductId)).ToDictionaryAsync(item => item.ProductId, cancellationToken);
    }
}
