using System.Data.Common;
using ShopAot.Contracts;
using ShopAot.Http;

namespace ShopAot.Data;

/// <summary>What lies on the shelves.</summary>
internal sealed class StockStore(DbDataSource source)
{
    public async Task<StockResponse> GetAsync(string sku, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, sku, cancellationToken);
    }

    /// <summary>Books goods in or out. Taking out more than there is trips over the table's own check: that case was never thought of here.</summary>
    public async Task<StockResponse> MoveAsync(string sku, MoveStock movement, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await ReadAsync(connection, sku, cancellationToken);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Statement.On(connection, "INSERT INTO stock_movements (sku, quantity, reason) VALUES ($1, $2, $3)")
            .With(sku).With(movement.Quantity).With(movement.Reason ?? "correction").RunAsync(cancellationToken);
        await Statement.On(connection, "UPDATE stock SET on_hand = on_hand + $2 WHERE sku = $1")
            .With(sku).With(movement.Quantity).RunAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await ReadAsync(connection, sku, cancellationToken);
    }

    private static async Task<StockResponse> ReadAsync(DbConnection connection, string sku, CancellationToken cancellationToken)
    {
        await using DbCommand command = Statement.On(connection, "SELECT sku, name, on_hand, price FROM stock WHERE sku = $1").With(sku);
        await using DbDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new StockResponse(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetDecimal(3))
            : throw ShopException.NotFound("such product");
    }
}
