using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FlightRecorder.Tests.EntityFrameworkCore.Transactions;

/// <summary>Transactions of one connection that several contexts use, or that the app began itself.</summary>
public sealed class SharedTransactionTests : TransactionTest
{
    [Test]
    public Task A_commit_of_an_external_transaction_is_not_seen_and_not_guessed()
        => ExpectAsync("t1 Unknown, - Committed", 2, async () =>
        {
            await using NpgsqlConnection connection = await ConnectAsync();
            await using ShopContext context = Open(connection: connection);
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await context.Database.UseTransactionAsync(transaction);
            await AddOrderAsync(context, "A1");
            await transaction.CommitAsync();
            await context.Database.UseTransactionAsync(null);
            await AddOrderAsync(context, "A2");
        });

    [Test]
    public Task One_begun_by_a_context_holds_for_another_on_the_same_connection()
        => ExpectWithTwoAsync("t1 RolledBack", 0, async (first, second) =>
        {
            await using IDbContextTransaction transaction = await first.Database.BeginTransactionAsync();
            await AddOrderAsync(second, "A1");
            await transaction.RollbackAsync();
        });

    [Test]
    public Task Two_contexts_share_one_that_the_first_commits()
        => ExpectWithTwoAsync("t1 Committed, t1 Committed", 2, async (first, second) =>
        {
            await using IDbContextTransaction transaction = await first.Database.BeginTransactionAsync();
            await AddOrderAsync(first, "A1");
            await second.Database.UseTransactionAsync(transaction.GetDbTransaction());
            await AddOrderAsync(second, "A2");
            await transaction.CommitAsync();
        });

    private Task ExpectWithTwoAsync(string outcomes, int orders, Func<ShopContext, ShopContext, Task> work)
        => ExpectAsync(outcomes, orders, async () =>
        {
            await using NpgsqlConnection connection = await ConnectAsync();
            await using ShopContext first = Open(connection: connection);
            await using ShopContext second = Open(connection: connection);
            await work(first, second);
        });

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
