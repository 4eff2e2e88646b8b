using System.Data.Common;
using Dapper;
using Npgsql;
using Shop.Data;
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
        try
        {
            return await InTransactionAsync(
                async transaction =>
                {
                    StockMovement movement = await InsertAsync(transaction, request, cancellationToken);
                    await MoveAsync(transaction, request.ProductId, request.Quantity, cancellationToken);
                    return movement;
                },
                cancellationToken);
        }
        catch (PostgresException refusal) when (Explain(refusal, request) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>
    /// Puts the goods of an order back, and tells how many products that were. Repeating it changes nothing, so that a return that
    /// failed later can be asked for again.
    /// </summary>
    public Task<int> BookReturnAsync(Order order, string badge, CancellationToken cancellationToken)
        => InTransactionAsync(
            async transaction =>
            {
                int booked = 0;
                foreach (IGrouping<long, OrderLine> lines in order.Lines.GroupBy(line => line.ProductId).OrderBy(lines => lines.Key))
                {
                    int quantity = lines.Sum(line => line.Quantity);
                    if (await InsertOnceAsync(transaction, order.Id, lines.Key, quantity, badge, cancellationToken))
                    {
                        await MoveAsync(transaction, lines.Key, quantity, cancellationToken);
                        booked++;
                    }
                }

                return booked;
            },
            cancellationToken);

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

    private async Task<T> InTransactionAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenConnectionAsync(cancellationToken);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        T result;
        try
        {
            result = await work(transaction);
        }
        catch (PostgresException)
        {
            // Disposing would do it, too, but unseen: a recording could not tell what became of the writes.
            await transaction.RollbackAsync(CancellationToken.None);
            throw;
        }

        await transaction.CommitAsync(cancellationToken);
        return result;
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

    private static ShopException? Explain(PostgresException refusal, BookMovement request) => refusal switch
    {
        { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: StockTable.OnHandNotNegative }
            => ShopException.Conflict("out_of_stock", $"Fewer than {-request.Quantity} of product {request.ProductId} are on the shelf."),
        { SqlState: PostgresErrorCodes.ForeignKeyViolation }
            => ShopException.NotFound("product"),
        _ => null,
    };
}
