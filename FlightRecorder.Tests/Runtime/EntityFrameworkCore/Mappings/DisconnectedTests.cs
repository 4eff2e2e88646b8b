using System.Data.Common;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings;

/// <summary>Entities that no query read: what EF Core calls their original values is what the app put into them.</summary>
public sealed class DisconnectedTests : MappingTest
{
    [Test]
    public async Task An_update_of_a_new_object_shows_the_row_as_it_was()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 2 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Update(new Order { Id = 1, Number = "A1", Qty = 7 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Text, Is.EqualTo("update Order orders [Id=1] {Id=1,Number=A1,Qty=2} → {Id=1,Number=A1,Qty=7} ~Number,Qty Committed"));
        Assert.That(recorded.Commands, Has.Count.EqualTo(1), "the recorder's own read is not the app's");
        Assert.That(recorded.Gaps, Is.Empty);
    }

    [Test]
    public void A_synchronous_save_of_an_attached_object_shows_the_row_as_it_was()
    {
        AddUnrecordedAsync(new Order { Number = "A1", Qty = 2 }).GetAwaiter().GetResult();

        RecordedOperation recorded = RecordAsync(() =>
        {
            using ShopContext context = Open();
            Order order = context.Attach(new Order { Id = 1 }).Entity;
            order.Qty = 7;
            context.SaveChanges();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

        Assert.That(MutationText.Of(recorded.Mutations.Single()), Does.Contain("{Id=1,Number=A1,Qty=2} →").And.Contain("~Qty Committed"));
    }

    [Test]
    public async Task A_delete_by_the_key_alone_shows_the_row_as_it_was()
    {
        await SeedAsync(new Parcel { Size = new Size { Width = 3 } });

        RecordedOperation recorded = await SaveAsync(context => Task.FromResult(context.Remove(new Parcel { Id = 1 })));

        Assert.That(Member(recorded.Mutations.Single().Before, "Size"), Is.EqualTo("""Size={"Width":3,"Weight":{"Grams":0}}"""));
        Assert.That(recorded.Gap, Does.Contain("Parcel was attached, not read: owned types and collections"));
    }

    [Test]
    public async Task A_row_that_a_query_read_is_not_read_again()
    {
        await SeedAsync(new Invoice { Net = 1 });
        var log = new QueryLog();

        await RecordAsync(async () =>
        {
            await using MappingContext context = Mapped(null, log);
            context.Update(await context.Invoices.SingleAsync());
            await context.SaveChangesAsync();
        });

        Assert.That(log.Queries, Is.EqualTo(1));
    }

    [Test]
    public async Task Without_CaptureBefore_nothing_is_read()
    {
        await SeedAsync(new Invoice { Net = 1 });
        var log = new QueryLog();

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using MappingContext context = Mapped(o => o.CaptureBefore = false, log);
            context.Remove(new Invoice { Id = 1, Version = await context.Invoices.AsNoTracking().Select(invoice => invoice.Version).SingleAsync() });
            await context.SaveChangesAsync();
        });

        Assert.That(log.Queries, Is.EqualTo(1));
        Assert.That(recorded.Mutations.Single().Before, Is.Null);
    }

    [Test]
    public async Task Rows_beyond_the_limit_have_a_gap_and_no_values_before()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 2 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open(o => o.BeforeRowLimit = 1);
            context.UpdateRange(new Order { Id = 1, Number = "A1", Qty = 7 }, new Order { Id = 2, Number = "A2", Qty = 8 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Mutations.Select(mutation => mutation.Before is null), Is.EqualTo(new[] { false, true }));
        Assert.That(recorded.Gap, Does.Contain("than BeforeRowLimit lets be read"));
    }

    [Test]
    public async Task A_row_that_is_not_there_has_a_gap()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Update(new Order { Id = 9, Number = "A1", Qty = 7 });
            Assert.CatchAsync<DbUpdateConcurrencyException>(() => context.SaveChangesAsync());
        });

        Assert.That(recorded.Mutations.Single().Before, Is.Null);
        Assert.That(recorded.Gap, Does.Contain("its row was not there"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_read_that_fails_leaves_the_transaction_as_it_was(bool isAsync)
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString)
                .UseFlightRecorder().AddInterceptors(new SpoilingInterceptor()).Options);
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.Update(new Order { Id = 1, Number = "A1", Qty = 7 });
            _ = isAsync ? await context.SaveChangesAsync() : context.SaveChanges();
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("update Order t1 Committed"));
        Assert.That(recorded.Mutations.Single().Before, Is.Null);
        Assert.That(recorded.Gap, Does.Contain("reading its row before the save failed: PostgresException"));
        await using ShopContext after = Unrecorded();
        Assert.That((await after.Orders.SingleAsync()).Qty, Is.EqualTo(7));
    }

    [Test]
    public async Task In_a_transaction_begun_by_text_nothing_is_read()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.OpenConnectionAsync();
            await context.Database.ExecuteSqlRawAsync("BEGIN");
            context.Update(new Order { Id = 1, Number = "A1", Qty = 7 });
            await context.SaveChangesAsync();
            await context.Database.ExecuteSqlRawAsync("COMMIT");
        });

        Assert.That(recorded.Mutations.Single().Before, Is.Null);
        Assert.That(recorded.Gap, Does.Contain("in a transaction without savepoints"));
    }

    [Test]
    public async Task In_a_transaction_that_isolates_more_nothing_is_read()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 });

        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await using var transaction = await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
            context.Update(new Order { Id = 1, Number = "A1", Qty = 7 });
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Mutations.Single().Before, Is.Null);
        Assert.That(recorded.Gap, Does.Contain("more isolation than read committed"));
    }

    // Makes queries fail on the server, which takes a transaction with it.
    private sealed class SpoilingInterceptor : DbCommandInterceptor
    {
        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            command.CommandText = eventData.CommandSource == CommandSource.SaveChanges ? command.CommandText : "SELECT 1 / 0";
            return result;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
            => new(ReaderExecuting(command, eventData, result));
    }

    private sealed class QueryLog : DbCommandInterceptor
    {
        public int Queries { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Queries += eventData.CommandSource == CommandSource.SaveChanges ? 0 : 1;
            return new(result);
        }
    }
}
