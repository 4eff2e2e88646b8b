using System.Data;
using System.Transactions;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using IsolationLevel = System.Data.IsolationLevel;

namespace FlightRecorder.Tests.EntityFrameworkCore.SetBased;

/// <summary>What keeps the rows of set-based statements over EF Core from being read, each with its reason.</summary>
public sealed class GapTests : DatabaseTest
{
    [SetUp]
    public Task FillAsync() => AddUnrecordedAsync(
        new Order { Number = "A1", Qty = 1, Lines = [new OrderLine { Sku = "x" }] }, new Order { Number = "A2", Qty = 2 }, new Voucher { Code = "V" });

    [TestCase("UPDATE orders SET qty = 2; DELETE FROM orders WHERE qty = 2", "bulkUpdate,bulkDelete", RowReasons.SeveralStatements)]
    [TestCase("UPDATE orders SET qty = 3 FROM vouchers WHERE vouchers.\"Id\" = orders.\"Id\"", "bulkUpdate", RowReasons.SeveralTables)]
    [TestCase("WITH v AS (DELETE FROM vouchers RETURNING \"Id\") DELETE FROM orders WHERE \"Id\" IN (SELECT \"Id\" FROM v)", "bulkDelete,bulkDelete", RowReasons.CommonTable)]
    [TestCase("DELETE FROM vouchers", "bulkDelete", RowReasons.NoWhere)]
    [TestCase("UPDATE orders SET qty = 3 WHERE random() < 2", "bulkUpdate", RowReasons.Calls)]
    [TestCase("DELETE FROM vouchers WHERE \"Id\" = (SELECT \"Id\" FROM vouchers FOR UPDATE)", "bulkDelete", RowReasons.Locks)]
    [TestCase("DELETE FROM vouchers WHERE \"Id\" IN (SELECT \"Id\" FROM vouchers LIMIT 1)", "bulkDelete", RowReasons.Picks)]
    [TestCase("INSERT INTO vouchers (\"Code\") VALUES ('a'), ('b')", "insert", RowReasons.Insert)]
    [TestCase("INSERT INTO orders (\"Number\", qty) VALUES ('A1', 5) ON CONFLICT (\"Number\") DO UPDATE SET qty = 5", "upsert", RowReasons.Upsert)]
    [TestCase("MERGE INTO orders o USING vouchers v ON v.\"Id\" = o.\"Id\" WHEN MATCHED THEN UPDATE SET qty = 9", "merge", RowReasons.Merge)]
    [TestCase("COPY vouchers (\"Code\") FROM PROGRAM 'echo copied'", "copy", RowReasons.Copy)]
    [TestCase("TRUNCATE vouchers", "bulkDelete", RowReasons.Truncate)]
    public async Task A_statement_whose_rows_cannot_be_told_leaves_a_gap(string sql, string operations, string why)
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.ExecuteSqlRawAsync(sql);
        });

        Assert.That(recorded.Gap, Is.EqualTo("mutations.rows: the rows of a statement were not read: " + why));
        Assert.That(string.Join(',', recorded.Mutations.Select(mutation => mutation.Operation)), Is.EqualTo(operations));
        Assert.That(recorded.Mutations.Select(mutation => mutation.Before), Is.All.Null);
        Assert.That(recorded.Mutations.Select(mutation => mutation.Outcome), Is.All.EqualTo(MutationOutcome.Committed));
    }

    [Test]
    public async Task ExecuteUpdate_of_a_joined_query_takes_several_tables()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Orders.Where(order => order.Qty > 0).OrderBy(order => order.Id).Take(1).ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, 4));
        });

        Assert.That(recorded.Gap, Does.Contain(RowReasons.SeveralTables).Or.Contain(RowReasons.Picks));
        Assert.That(recorded.Mutations[0].Rows, Is.EqualTo(1));
    }

    [Test]
    public async Task A_query_of_a_function_that_may_change_data_leaves_a_gap()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.ExecuteSqlRawAsync("SELECT set_config('app.user', 'ann', false)");
        });

        Assert.That(recorded.Mutations, Is.Empty);
        Assert.That(recorded.Gap, Is.EqualTo("mutations: a query calls a function that may change data; what it changed is not seen"));
    }

    [TestCase(IsolationLevel.RepeatableRead)]
    [TestCase(IsolationLevel.Serializable)]
    public async Task Under_a_snapshot_nothing_is_read_before_the_app_does(IsolationLevel isolation)
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await using var transaction = await context.Database.BeginTransactionAsync(isolation);
            await AddUnrecordedAsync(new Order { Number = "B1", Qty = 1 });
            Assert.That(await context.Orders.Where(order => order.Number == "B1").ExecuteDeleteAsync(), Is.EqualTo(1));
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Gap, Does.Contain(RowReasons.Isolation));
        Assert.That(recorded.Outcomes, Is.EqualTo("bulkDelete Order t1 Committed"));
    }

    [Test]
    public async Task In_a_scope_that_reads_committed_rows_they_are_read()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            using var scope = new TransactionScope(
                TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = System.Transactions.IsolationLevel.ReadCommitted }, TransactionScopeAsyncFlowOption.Enabled);
            await using ShopContext context = Open();
            await context.Orders.Where(order => order.Number == "A1").ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, 4));
        });

        Assert.That(recorded.Text, Is.EqualTo("bulkUpdate Order orders [Id=1] {Id=1,Number=A1,Qty=1} → {Id=1,Number=A1,Qty=4} ~Qty t1 RolledBack"));
    }

    [Test]
    public async Task While_a_query_is_open_nothing_is_read_and_the_error_is_the_provider_s()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await foreach (Order order in context.Orders.AsNoTracking().AsAsyncEnumerable())
            {
                Assert.CatchAsync<NpgsqlOperationInProgressException>(() => context.Orders.Where(other => other.Id == order.Id).ExecuteDeleteAsync());
            }

            Assert.That(await context.Orders.Where(order => order.Number == "A1").ExecuteDeleteAsync(), Is.EqualTo(1));
        });

        Assert.That(recorded.Gap, Does.Contain(RowReasons.Busy));
        Assert.That(recorded.Mutations[^1].Before, Has.Length.EqualTo(1));
        Assert.That(recorded.Mutations[^1].Outcome, Is.EqualTo(MutationOutcome.Committed));
    }

    [Test]
    public async Task A_call_cancelled_beforehand_leaves_a_gap()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.OpenConnectionAsync();
            Assert.CatchAsync<OperationCanceledException>(() => context.Orders.Where(order => order.Id == 1).ExecuteDeleteAsync(new CancellationToken(canceled: true)));
        });

        Assert.That(recorded.Mutations.Count(mutation => mutation.Outcome == MutationOutcome.Committed), Is.Zero);
        Assert.That(recorded.Mutations.Select(mutation => mutation.Before), Is.All.Null);
    }

    [Test]
    public async Task A_read_that_fails_leaves_the_transaction_sound()
    {
        await using ShopContext owner = Unrecorded();
        await owner.Database.ExecuteSqlRawAsync("""
            DO $$ BEGIN CREATE ROLE clerk LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
            GRANT SELECT ("Id"), UPDATE (qty) ON orders TO clerk;
            """);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Username = "clerk" }.ConnectionString);
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(connection: connection);
            await using var transaction = await context.Database.BeginTransactionAsync();
            Assert.That(await context.Orders.Where(order => order.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, 40)), Is.EqualTo(1));
            Assert.That(context.Orders.Where(order => order.Id == 2).ExecuteUpdate(set => set.SetProperty(order => order.Qty, 50)), Is.EqualTo(1));
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("bulkUpdate Order t1 Committed\nbulkUpdate Order t1 Committed"));
        Assert.That(recorded.Gap, Is.EqualTo("mutations.rows: the rows of a statement were not read: the app's user may not read them"));
        Assert.That(await owner.Orders.OrderBy(order => order.Id).Select(order => order.Qty).ToListAsync(), Is.EqualTo(new[] { 40, 50 }));
    }

    [Test]
    public async Task A_transaction_that_EF_Core_does_not_know_of_is_noticed()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlTransaction behind = await connection.BeginTransactionAsync();
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(connection: connection);
            await context.Orders.Where(order => order.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, 40));
        });

        await behind.RollbackAsync();
        Assert.That(recorded.Mutations[0].Before, Has.Length.EqualTo(1));
        await using ShopContext after = Unrecorded();
        Assert.That(await after.Orders.Select(order => order.Qty).Order().FirstAsync(), Is.EqualTo(1), "the read ended the app's transaction");
    }

    [Test]
    public async Task Rows_of_an_excluded_entity_stay_hidden_when_its_schema_is_written()
    {
        await AddUnrecordedAsync(new Diary { Text = "dear diary" });
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.ExecuteSqlRawAsync("DELETE FROM public.diaries WHERE \"Id\" = 1");
        });

        Assert.That(recorded.Mutations, Is.Empty);
    }

    [Test]
    public async Task Statements_beyond_the_limit_are_counted()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(options => options.MaxMutations = 1);
            for (int i = 0; i < 4; i++)
            {
                await context.Orders.Where(order => order.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(order => order.Qty, 2));
            }
        });

        Assert.That(recorded.Mutations, Has.Count.EqualTo(1));
        Assert.That(recorded.Gap, Is.EqualTo("mutations: 3 more did not fit"));
    }
}
