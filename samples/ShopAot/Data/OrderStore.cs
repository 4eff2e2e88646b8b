using System.Data.Common;
using ShopAot.Contracts;
using ShopAot.Http;

namespace ShopAot.Data;

/// <summary>Orders and their lines; an order takes its goods from the stock in the same transaction.</summary>
internal sealed class OrderStore(DbDataSource source)
{
    private const string InsertOrder = "INSERT INTO orders (status, customer_name, phone, total) VALUES ($1, $2, $3, $4) RETURNING id";
    private const string InsertLine = "INSERT INTO order_lines (order_id, sku, quantity) VALUES ($1, $2, $3)";
    private const string TakeStock = "UPDATE stock SET on_hand = on_hand - $2 WHERE sku = $1 AND on_hand >= $2 RETURNING price";
    private const string AddToTotal = "UPDATE orders SET total = total + $2 WHERE id = $1";
    private const string SelectOrder = "SELECT status, customer_name, phone, total FROM orders WHERE id = $1";
    private const string SelectLines = "SELECT sku, quantity FROM order_lines WHERE order_id = $1 ORDER BY sku";

    public async Task<OrderResponse> PlaceAsync(PlaceOrder order, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        long id = await InsertAsync(connection, order.Customer, cancellationToken);
        foreach (PlaceOrderLine line in order.Lines)
        {
            if (!await AddLineAsync(connection, id, line, cancellationToken))
            {
                await transaction.RollbackAsync(cancellationToken);
                throw ShopException.Conflict("out_of_stock", $"There are not {line.Quantity} of {line.Sku} in stock.");
            }
        }

        OrderResponse placed = await ReadAsync(connection, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return placed;
    }

    public async Task<OrderResponse> GetAsync(long id, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, id, cancellationToken);
    }

    public async Task<OrderResponse> MarkPaidAsync(long id, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken);
        int changed = await Statement.On(connection, "UPDATE orders SET status = $2 WHERE id = $1 AND status = $3")
            .With(id).With(nameof(OrderStatus.Paid)).With(nameof(OrderStatus.Placed)).RunAsync(cancellationToken);
        OrderResponse order = await ReadAsync(connection, id, cancellationToken);
        return changed == 1 ? order : throw ShopException.Conflict("paid_already", $"Order {id} is paid already.");
    }

    private static async Task<long> InsertAsync(DbConnection connection, Customer customer, CancellationToken cancellationToken)
    {
        await using DbCommand command = Statement.On(connection, InsertOrder)
            .With(nameof(OrderStatus.Placed)).With(customer.Name).With(customer.Phone).With(0m);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<bool> AddLineAsync(DbConnection connection, long order, PlaceOrderLine line, CancellationToken cancellationToken)
    {
        await using DbCommand take = Statement.On(connection, TakeStock).With(line.Sku).With(line.Quantity);
        if (await take.ExecuteScalarAsync(cancellationToken) is not decimal price)
        {
            return false;
        }

        await Statement.On(connection, InsertLine).With(order).With(line.Sku).With(line.Quantity).RunAsync(cancellationToken);
        await Statement.On(connection, AddToTotal).With(order).With(price * line.Quantity).RunAsync(cancellationToken);
        return true;
    }

    private static async Task<OrderResponse> ReadAsync(DbConnection connection, long id, CancellationToken cancellationToken)
    {
        List<PlaceOrderLine> lines = await ReadLinesAsync(connection, id, cancellationToken);
        await using DbCommand command = Statement.On(connection, SelectOrder).With(id);
        await using DbDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new OrderResponse(id, Enum.Parse<OrderStatus>(row.GetString(0)), new Customer(row.GetString(1), row.GetString(2)), lines, row.GetDecimal(3))
            : throw ShopException.NotFound($"order {id}");
    }

    private static async Task<List<PlaceOrderLine>> ReadLinesAsync(DbConnection connection, long order, CancellationToken cancellationToken)
    {
        await using DbCommand command = Statement.On(connection, SelectLines).With(order);
        await using DbDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        List<PlaceOrderLine> lines = [];
        while (await row.ReadAsync(cancellationToken))
        {
            lines.Add(new PlaceOrderLine(row.GetString(0), row.GetInt32(1)));
        }

        return lines;
    }
}
