using System.Data.Common;
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

    private static string Refuse(string number) => throw new FormatException(number);
}
