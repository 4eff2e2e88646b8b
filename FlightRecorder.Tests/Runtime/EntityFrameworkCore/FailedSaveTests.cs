using System.Data.Common;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.Tests.EntityFrameworkCore;

public sealed class FailedSaveTests : DatabaseTest
{
    [Test]
    public async Task A_save_refused_by_a_constraint_keeps_before_and_the_intended_after()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 2 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            (await context.Orders.SingleAsync()).Qty = -1;
            Assert.CatchAsync<DbUpdateException>(() => context.SaveChangesAsync());
        });

        Assert.That(recorded.Text, Is.EqualTo(
            "update Order orders [Id=1] {Id=1,Number=A1,Qty=2} → {Id=1,Number=A1,Qty=-1} ~Qty RolledBack"));
        Assert.That(recorded.Commands[^1].Error, Does.Contain("qty_positive"));
        Assert.That(recorded.Mutations[0].Sql, Does.StartWith("UPDATE orders"));
    }

    [Test]
    public async Task A_refused_insert_has_no_invented_key()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.AddRange(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A1", Qty = 2 });
            Assert.CatchAsync<DbUpdateException>(() => context.SaveChangesAsync());
        });

        Assert.That(recorded.Text, Is.EqualTo("""
            insert Order orders [] - → {Number=A1,Qty=1} t1 RolledBack
            insert Order orders [] - → {Number=A1,Qty=2} t1 RolledBack
            """));
    }

    [Test]
    public async Task A_failed_save_inside_a_transaction_does_not_take_the_others_down()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            context.Add(new Order { Number = "A1", Qty = 1 });
            await context.SaveChangesAsync();
            Order bad = context.Add(new Order { Number = "A2", Qty = -1 }).Entity;
            Assert.CatchAsync<DbUpdateException>(() => context.SaveChangesAsync());
            context.Remove(bad);
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Committed\ninsert Order t1 RolledBack"));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_failed_save_without_savepoint_dooms_the_transaction()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Database.AutoSavepointsEnabled = false;
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            context.Add(new Order { Number = "A1", Qty = 1 });
            await context.SaveChangesAsync();
            context.Add(new Order { Number = "A2", Qty = -1 });
            Assert.CatchAsync<DbUpdateException>(() => context.SaveChangesAsync());
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 RolledBack\ninsert Order t1 RolledBack"));
        Assert.That(await CountOrdersAsync(), Is.Zero);
    }

    [Test]
    public async Task A_concurrency_conflict_rolls_back()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 2 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            Order order = await context.Orders.SingleAsync();
            await DeleteOrdersUnrecordedAsync();
            order.Qty = 3;
            Assert.CatchAsync<DbUpdateConcurrencyException>(() => context.SaveChangesAsync());
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("update Order - RolledBack"));
    }

    [Test]
    public async Task A_conflict_inside_a_transaction_rolls_back_its_save_alone()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 2 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            Order order = await context.Orders.SingleAsync();
            await DeleteOrdersUnrecordedAsync();
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            context.Add(new Order { Number = "A2", Qty = 1 });
            await context.SaveChangesAsync();
            order.Qty = 3;
            Assert.CatchAsync<DbUpdateConcurrencyException>(() => context.SaveChangesAsync());
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Committed\nupdate Order t1 RolledBack"));
    }

    [Test]
    public async Task A_suppressed_conflict_is_committed()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 2 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString)
                .UseFlightRecorder().AddInterceptors(new ForgivingInterceptor()).Options);
            Order order = await context.Orders.SingleAsync();
            await DeleteOrdersUnrecordedAsync();
            context.Remove(order);
            context.Add(new Order { Number = "A2", Qty = 1 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Outcomes.Split('\n'), Is.EquivalentTo(new[] { "delete Order t1 Committed", "insert Order t1 Committed" }));
        Assert.That(recorded.Mutations.Single(m => m.Operation == "insert").Key, Is.Not.Empty);
    }

    [Test]
    public async Task A_save_that_could_not_connect_is_rolled_back()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>()
                .UseNpgsql("Host=127.0.0.1;Port=1;Username=nobody;Database=nothing;Timeout=2").UseFlightRecorder().Options);
            context.Add(new Order { Number = "A1", Qty = 1 });
            Assert.CatchAsync(() => context.SaveChangesAsync());
        });

        Assert.That(recorded.Text, Is.EqualTo("insert Order orders [] - → {Number=A1,Qty=1} RolledBack"));
    }

    [Test]
    public async Task A_cancelled_save_is_recorded()
    {
        using var cancellation = new CancellationTokenSource();
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString)
                .AddInterceptors(new CancellingInterceptor(cancellation)).UseFlightRecorder().Options);
            context.AddRange(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 1 });
            Assert.CatchAsync<OperationCanceledException>(() => context.SaveChangesAsync(cancellation.Token));
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 RolledBack\ninsert Order t1 RolledBack"));
        Assert.That(await CountOrdersAsync(), Is.Zero);
    }

    [Test]
    public async Task A_deferred_constraint_that_refuses_the_commit_rolls_back()
    {
        await using ShopContext setup = Unrecorded();
        await setup.Database.ExecuteSqlRawAsync("ALTER TABLE vouchers ADD CONSTRAINT late UNIQUE (\"Code\") DEFERRABLE INITIALLY DEFERRED");

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.AddRange(new Voucher { Code = "x" }, new Voucher { Code = "x" });
            Assert.CatchAsync(() => context.SaveChangesAsync());
        });

        await setup.Database.ExecuteSqlRawAsync("ALTER TABLE vouchers DROP CONSTRAINT late");
        Assert.That(recorded.Outcomes, Is.EqualTo("insert Voucher t1 RolledBack\ninsert Voucher t1 RolledBack"));
    }

    [Test]
    public async Task A_retry_by_the_execution_strategy_is_one_change_with_two_attempts()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>()
                .UseNpgsql(ConnectionString, npgsql => npgsql.EnableRetryOnFailure(3, TimeSpan.Zero, null))
                .AddInterceptors(new FailingOnceInterceptor()).UseFlightRecorder().Options);
            context.AddRange(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 1 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t2 Committed\ninsert Order t2 Committed"));
        Assert.That(recorded.Mutations.Select(mutation => mutation.Attempt), Is.All.EqualTo(2));
    }

    private async Task DeleteOrdersUnrecordedAsync()
    {
        await using ShopContext context = Unrecorded();
        await context.Database.ExecuteSqlRawAsync("DELETE FROM orders");
    }

    private sealed class ForgivingInterceptor : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(
            ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
            => new(InterceptionResult.Suppress());
    }

    private sealed class CancellingInterceptor(CancellationTokenSource cancellation) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            cancellation.Cancel();
            return new ValueTask<InterceptionResult<DbDataReader>>(result);
        }
    }

    /// <summary>Makes the first command of a save fail with an error that is worth a retry.</summary>
    private sealed class FailingOnceInterceptor : DbCommandInterceptor
    {
        private bool _done;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (!_done)
            {
                _done = true;
                command.CommandText = "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$;" + command.CommandText;
            }

            return new ValueTask<InterceptionResult<DbDataReader>>(result);
        }
    }
}
