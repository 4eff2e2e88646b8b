using System.Data.Common;
using System.Transactions;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Transactions;

/// <summary>Queries that fail when some of their rows have been read: no event of their command tells of it.</summary>
public sealed class FailedQueryTests : TransactionTest
{
    // Enough rows that the first ones are on their way when the division fails.
    private const string FailsLate = "SELECT 1000 / (5000 - g) AS \"Value\" FROM generate_series(1, 10000) g";

    [Test]
    public Task A_commit_after_one_proves_nothing()
        => ExpectInTransactionAsync("t1 Unknown", 0, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            Assert.CatchAsync<DbException>(() => context.Database.SqlQueryRaw<int>(FailsLate).ToListAsync());
            await transaction.CommitAsync();
        });

    [Test]
    public Task A_rollback_after_one_is_a_rollback()
        => ExpectInTransactionAsync("t1 RolledBack", 0, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            Assert.CatchAsync<DbException>(() => context.Database.SqlQueryRaw<int>(FailsLate).ToListAsync());
            await transaction.RollbackAsync();
        });

    [Test]
    public Task A_commit_after_one_that_fails_as_its_reader_closes_proves_nothing()
        => ExpectInTransactionAsync("t1 Unknown", 0, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            Assert.CatchAsync<DbException>(() => FirstAsync(context.Database.SqlQueryRaw<int>(FailsLate).AsAsyncEnumerable()));
            await transaction.CommitAsync();
        });

    [Test]
    public Task A_commit_after_a_command_of_the_apps_own_that_failed_proves_nothing()
        => ExpectInTransactionAsync("t1 Unknown", 0, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            Refuse(context);
            await transaction.CommitAsync();
        });

    [Test]
    public Task A_commit_in_text_after_a_command_of_the_apps_own_that_failed_proves_nothing()
        => ExpectAsync("t1 Unknown", 0, async context =>
        {
            await context.Database.OpenConnectionAsync();
            await context.Database.ExecuteSqlRawAsync("BEGIN");
            await AddOrderAsync(context, "A1");
            Refuse(context);
            await context.Database.ExecuteSqlRawAsync("COMMIT");
        });

    [Test]
    public Task A_scope_completed_after_a_command_of_the_apps_own_that_failed_proves_nothing()
        => ExpectAsync("t1 Unknown", 0, async () =>
        {
            using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            await using ShopContext context = Open();
            await context.Database.OpenConnectionAsync();
            await AddOrderAsync(context, "A1");
            Refuse(context);
            scope.Complete();
        });

    [Test]
    public Task A_savepoint_makes_the_transaction_sound_again()
        => ExpectInTransactionAsync("t1 Committed", 1, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            await transaction.CreateSavepointAsync("here");
            Refuse(context);
            await transaction.RollbackToSavepointAsync("here");
            await transaction.CommitAsync();
        });

    [Test]
    public Task What_failed_over_another_contexts_connection_leaves_the_commit_sure()
        => ExpectInTransactionAsync("t1 Committed, - RolledBack", 1, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            await using ShopContext other = Open();
            Assert.CatchAsync<DbException>(() => other.Database.ExecuteSqlRawAsync("SELECT 1 / 0"));
            Assert.CatchAsync<DbUpdateException>(() => AddOrderAsync(other, number: null!));
            await transaction.CommitAsync();
        });

    [Test]
    public Task A_write_whose_text_fails_while_its_rows_are_read_is_not_committed()
        => ExpectAsync("- Unknown", 0, async context =>
            Assert.CatchAsync<DbException>(() => context.Database.SqlQueryRaw<int>(Writes + FailsLate).ToListAsync()));

    [Test]
    public Task A_write_whose_text_fails_as_its_reader_closes_is_not_committed()
        => ExpectAsync("- Unknown", 0, async context =>
            Assert.CatchAsync<DbException>(() => FirstAsync(context.Database.SqlQueryRaw<int>(Writes + FailsLate).AsAsyncEnumerable())));

    [Test]
    public Task A_write_whose_rows_were_read_is_committed_whatever_fails_later()
        => ExpectAsync("- Committed", 1, async context =>
        {
            await context.Database.OpenConnectionAsync();
            await context.Database.SqlQueryRaw<int>(Writes + "SELECT 1 AS \"Value\"").ToListAsync();
            Assert.CatchAsync<DbException>(() => context.Database.ExecuteSqlRawAsync("SELECT 1 / 0"));
        });

    [Test]
    public Task What_the_apps_own_code_throws_over_a_row_leaves_the_commit_sure()
        => ExpectInTransactionAsync("t1 Committed", 1, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            Assert.CatchAsync<FormatException>(() => context.Orders.Select(order => Refuse(order.Number)).ToListAsync());
            await transaction.CommitAsync();
        });

    [Test]
    public Task One_outside_a_transaction_leaves_later_saves_alone()
        => ExpectAsync("- Committed", 1, async context =>
        {
            Assert.CatchAsync<DbException>(() => context.Database.SqlQueryRaw<int>(FailsLate).ToListAsync());
            await AddOrderAsync(context, "A1");
        });

    private const string Writes = "INSERT INTO orders (\"Number\", qty) VALUES ('A1', 1); ";

    private static async Task FirstAsync(IAsyncEnumerable<int> rows)
    {
        await foreach (int _ in rows)
        {
            break;
        }
    }

    // Past EF Core, on its connection.
    private static void Refuse(ShopContext context)
    {
        using DbCommand command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT 1 / 0";
        Assert.Catch<DbException>(() => command.ExecuteNonQuery());
    }

    private static string Refuse(string number) => throw new FormatException(number);
}
