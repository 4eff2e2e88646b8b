using System.Data.Common;
using Dapper;
using Npgsql;
using Shop.Domain;

namespace Shop.Movements;

public sealed class MovementService(DbDataSource database, TimeProvider clock)
{
    /// <summary>
    /// Books a movement and changes the shelf, or neither. The database refuses a negative shelf; goods promised to orders are no
    /// obstacle, since what is broken is gone whoever waits for it.
    /// </summary>
    public async Task<StockMovement> BookAsync(BookMovement request, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenConnectionAsync(cancellationToken);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            StockMovement movement = await InsertAsync(transaction, request, cancellationToken);
            await MoveAsync(transaction, request.ProductId, request.Quantity, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return movement;
        }
        catch (PostgresException refusal) when (Explain(refusal, request) is { } explained)
        {
            await transaction.RollbackAsync(CancellationToken.None);
            throw explained;
        }
    }

    /// <summary>Puts the goods of an order back. Repeating it changes nothing, so that a return that failed later can be asked for again.</summary>
    public async Task BookReturnAsync(Order order, string badge, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenConnectionAsync(cancellationToken);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (IGrouping<long, OrderLine> lines in order.Lines.GroupBy(line => line.ProductId).OrderBy(lines => lines.Key))
        {
            int quantity = lines.Sum(line => line.Quantity);
            if (await InsertOnceAsync(transaction, order.Id, lines.Key, quantity, badge, cancellationToken))
            {
                await MoveAsync(transaction, lines.Key, quantity, cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<StockMovement>> ListAsync(long productId, ListMovements page, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT id, product_id, quantity, reason, badge, order_id, booked_at
            FROM stock_movements
            WHERE product_id = @productId AND id < @Before
            ORDER BY id DESC
            LIMIT @Limit
            """;
        await using DbConnection connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<StockMovement>(new CommandDefinition(sql, new { productId, page.Before, page.Limit }, cancellationToken: cancellationToken))];
    }

    private Task<StockMovement> InsertAsync(DbTransaction transaction, BookMovement request, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO stock_movements (product_id, quantity, reason, badge, booked_at)
            VALUES (@ProductId, @Quantity, @Reason, @Badge, @bookedAt)
            RETURNING id, product_id, quantity, reason, badge, order_id, booked_at
            """;
        var values = new { request.ProductId, request.Quantity, request.Reason, request.Badge, bookedAt = clock.GetUtcNow() };
        return transaction.Connection!.QuerySingleAsync<StockMovement>(new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken));
    }

    private async Task<bool> InsertOnceAsync(DbTransaction transaction, long orderId, long productId, int quantity, string badge, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO stock_movements (product_id, quantity, reason, badge, order_id, booked_at)
            VALUES (@productId, @quantity, @reason, @badge, @orderId, @bookedAt)
            ON CONFLICT (order_id, product_id) DO NOTHING
            """;
        var values = new { productId, quantity, reason = MovementReason.Returned, badge, orderId, bookedAt = clock.GetUtcNow() };
        return await transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)) == 1;
    }

    private static Task MoveAsync(DbTransaction transaction, long productId, int quantity, CancellationToken cancellationToken)
    {
        const string sql = "UPDATE stock SET on_hand = on_hand + @quantity WHERE product_id = @productId";
        return transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, new { productId, quantity }, transaction, cancellationToken: cancellationToken));
    }

    private static ShopException? Explain(PostgresException refusal, BookMovement request) => refusal.SqlState switch
    {
        PostgresErrorCodes.CheckViolation => ShopException.Conflict("out_of_stock", $"Fewer than {-request.Quantity} of product {request.ProductId} are on the shelf."),
        PostgresErrorCodes.ForeignKeyViolation => ShopException.NotFound("product"),
        _ => null,
    };
}
