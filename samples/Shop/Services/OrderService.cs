using Microsoft.EntityFrameworkCore;
using Shop.Contracts;
using Shop.Data;
using Shop.Domain;
using Shop.Movements;

namespace Shop.Services;

public sealed class OrderService(ShopDb db, StockService stock, MovementService movements, TimeProvider clock)
{
    public async Task<Order> PlaceAsync(PlaceOrder request, CancellationToken cancellationToken)
    {
        if (!await db.Customers.AnyAsync(customer => customer.Id == request.CustomerId, cancellationToken))
        {
            throw ShopException.NotFound("customer");
        }

        Dictionary<long, Product> products = await ProductsAsync(request, cancellationToken);
        var order = new Order
        {
            CustomerId = request.CustomerId,
            PlacedAt = clock.GetUtcNow(),
            TotalCents = request.Lines.Sum(line => products[line.ProductId].PriceCents * line.Quantity),
            Lines = [.. request.Lines.Select(line => new OrderLine { ProductId = line.ProductId, Quantity = line.Quantity })],
        };
        await stock.ReserveAsync(order.Lines, cancellationToken);
        db.Orders.Add(order);
        await db.SaveChangesAsync(cancellationToken);
        return order;
    }

    public async Task<Order> ShipAsync(long id, CancellationToken cancellationToken)
    {
        Order order = await GetAsync(id, cancellationToken);
        order.MarkShipped();
        await stock.ShipAsync(order.Lines, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return order;
    }

    /// <summary>
    /// Takes the goods back. They are booked in a transaction of their own before the order is saved: should that fail, the client
    /// asks again, and nothing is booked twice.
    /// </summary>
    public async Task<Order> ReturnAsync(long id, ReturnOrder request, CancellationToken cancellationToken)
    {
        Order order = await GetAsync(id, cancellationToken);
        order.MarkReturned();
        await movements.BookReturnAsync(order, request.Badge, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return order;
    }

    public async Task<Order> GetAsync(long id, CancellationToken cancellationToken)
        => await db.Orders.Include(order => order.Lines).FirstOrDefaultAsync(order => order.Id == id, cancellationToken) ?? throw ShopException.NotFound("order");

    public async Task<IReadOnlyList<Order>> ListAsync(ListOrders page, CancellationToken cancellationToken)
        => await db.Orders.AsNoTracking()
            .Include(order => order.Lines)
            .Where(order => order.CustomerId == page.CustomerId && order.Id > page.After)
            .OrderBy(order => order.Id)
            .Take(page.Limit)
            .ToListAsync(cancellationToken);

    private async Task<Dictionary<long, Product>> ProductsAsync(PlaceOrder request, CancellationToken cancellationToken)
    {
        long[] ids = [.. request.Lines.Select(line => line.ProductId).Distinct()];
        Dictionary<long, Product> products = await db.Products.AsNoTracking().Where(product => ids.Contains(product.Id)).ToDictionaryAsync(product => product.Id, cancellationToken);
        return products.Count == ids.Length ? products : throw ShopException.NotFound("product");
    }
}
