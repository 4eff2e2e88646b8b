using System.Data.Common;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Transactions;

/// <summary>Transaction control that goes out as SQL text, over a connection that stays open.</summary>
public sealed class SqlTextTransactionTests : TransactionTest
{
    private const string Order = """INSERT INTO orders ("Number", "Qty") VALUES""";

    [Test]
    public Task A_rollback_is_followed()
        => ExpectOpenAsync("t1 RolledBack, - Committed", 1, async context =>
        {
            await RunAsync(context, "BEGIN");
            await AddOrderAsync(context, "A1");
            await RunAsync(context, "ROLLBACK");
            await AddOrderAsync(context, "A2");
        });

    [Test]
    public Task A_commit_and_a_savepoint_are_followed()
        => ExpectOpenAsync("t1 Committed, t1 RolledBack", 1, async context =>
        {
            await RunAsync(context, "SELECT 1; begin; savepoint a");
            await AddOrderAsync(context, "A1");
            await RunAsync(context, "savepoint b");
            await AddOrderAsync(context, "A2");
            await RunAsync(context, "rollback to savepoint b");
            await RunAsync(context, "commit");
        });

    [Test]
    public Task A_commit_in_a_text_that_is_not_understood_leaves_the_outcome_unknown()
        => ExpectOpenAsync("t1 Unknown", 1, async context =>
        {
            await RunAsync(context, "BEGIN");
            await AddOrderAsync(context, "A1");
            await RunAsync(context, "SELECT 5 # 3; COMMIT");
        });

    [Test]
    public Task A_closed_connection_leaves_the_outcome_unknown()
        => ExpectOpenAsync("t1 Unknown, - Committed", 1, async context =>
        {
            await RunAsync(context, "BEGIN");
            await AddOrderAsync(context, "A1");
            await context.Database.CloseConnectionAsync();
            await AddOrderAsync(context, "A2");
        });

    [Test]
    public Task A_commit_that_the_server_refuses_is_a_rollback()
        => ExpectOpenAsync("t1 RolledBack, - Committed", 1, async context =>
        {
            await RunAsync(context, "CREATE TEMP TABLE late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
            await RunAsync(context, "BEGIN");
            await AddOrderAsync(context, "A1");
            await RunAsync(context, "DO $$ BEGIN INSERT INTO late VALUES (1), (1); END $$");
            Refused(context, "COMMIT");
            await AddOrderAsync(context, "A2");
        });

    [Test]
    public Task A_text_that_failed_after_its_BEGIN_leaves_nothing_for_a_commit_to_settle()
        => ExpectOpenAsync("t2 Unknown", 0, async context =>
        {
            Refused(context, $"BEGIN; {Order} ('A1', 1); SELECT 1 / 0");
            await RunAsync(context, "COMMIT");
        });

    [Test]
    public Task A_text_without_transaction_control_that_the_server_refused_is_undone_whole()
        => ExpectOpenAsync("- RolledBack, - RolledBack", 0, context =>
        {
            Refused(context, $"{Order} ('A1', 1); {Order} ('A2', -1)");
            return Task.CompletedTask;
        });

    private Task ExpectOpenAsync(string outcomes, int orders, Func<ShopContext, Task> work)
        => ExpectAsync(outcomes, orders, async context =>
        {
            await context.Database.OpenConnectionAsync();
            await work(context);
        });

    private static Task RunAsync(ShopContext context, string sql) => context.Database.ExecuteSqlRawAsync(sql);

    private static void Refused(ShopContext context, string sql) => Assert.CatchAsync<DbException>(() => RunAsync(context, sql));

    [TestCase("COMMIT", "t1 Committed", 1)]
    [TestCase("ROLLBACK", "t1 RolledBack", 0)]
    public Task A_text_ends_a_transaction_that_EF_Core_began(string sql, string outcome, int orders)
        => ExpectInTransactionAsync(outcome, orders, async (context, _) =>
        {
            await AddOrderAsync(context, "A1");
            await context.Database.ExecuteSqlRawAsync(sql);
        });
}
