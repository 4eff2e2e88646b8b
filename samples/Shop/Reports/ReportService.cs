using System.Data.Common;
using Dapper;
using Shop.Domain;

namespace Shop.Reports;

public sealed class ReportService(DbDataSource database)
{
    // Prices are those of today: an order keeps its total only.
    private const string Sales = """
        SELECT count(*) AS orders, coalesce(sum(total_cents), 0)::bigint AS total_cents
        FROM orders
        WHERE placed_at >= @from AND placed_at < @until AND status <> @returned;

        SELECT p.id AS product_id, p.sku, sum(l.quantity)::bigint AS quantity, sum(l.quantity * p.price_cents)::bigint AS total_cents
        FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id
        WHERE o.placed_at >= @from AND o.placed_at < @until AND o.status <> @returned
        GROUP BY p.id ORDER BY total_cents DESC, p.id LIMIT @Limit;

        SELECT c.id AS customer_id, c.email AS contact, count(*) AS orders, sum(o.total_cents)::bigint AS total_cents
        FROM orders o JOIN customers c ON c.id = o.customer_id
        WHERE o.placed_at >= @from AND o.placed_at < @until AND o.status <> @returned
        GROUP BY c.id ORDER BY total_cents DESC, c.id LIMIT @Limit
        """;

    private const string LowStock = """
        SELECT p.id AS product_id, p.sku, p.name, s.on_hand, s.reserved
        FROM stock s JOIN products p ON p.id = s.product_id
        WHERE s.on_hand - s.reserved < @Threshold AND p.id > @After
        ORDER BY p.id
        LIMIT @Limit
        """;

    public async Task<SalesReport> SalesAsync(SalesPeriod period, CancellationToken cancellationToken)
    {
        var values = new
        {
            from = StartOf(period.From!.Value),
            until = StartOf(period.To!.Value.AddDays(1)),
            returned = nameof(OrderStatus.Returned),
            period.Limit,
        };
        await using DbConnection connection = await database.OpenConnectionAsync(cancellationToken);
        await using SqlMapper.GridReader results = await connection.QueryMultipleAsync(new CommandDefinition(Sales, values, cancellationToken: cancellationToken));
        return new SalesReport(
            await results.ReadSingleAsync<SalesTotals>(),
            [.. await results.ReadAsync<ProductSales>()],
            [.. await results.ReadAsync<BestCustomer>()]);
    }

    public async Task<IEnumerable<LowStockLine>> LowStockAsync(LowStockPage page, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync<LowProduct, LowLevel, LowStockLine>(
            new CommandDefinition(LowStock, page, cancellationToken: cancellationToken),
            (product, level) => new LowStockLine(product, level),
            splitOn: "on_hand");
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
