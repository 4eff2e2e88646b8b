using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder.Tests.EntityFrameworkCore;

public sealed class HostSafetyTests : DatabaseTest
{
    [Test]
    public async Task A_failure_of_the_recorder_does_not_reach_the_app()
    {
        RecordedOperation recorded = await RecordWithFaultsAsync(async () =>
        {
            await using var context = new FaultyContext(Options<FaultyContext>());
            context.Add(new Voucher { Code = "X1" });
            Assert.That(await context.SaveChangesAsync(), Is.EqualTo(1));
            Assert.That(await context.Vouchers.CountAsync(), Is.EqualTo(1));
        });

        Assert.That(Recorder.Counters.Faults, Is.GreaterThan(0));
        Assert.That(recorded.Mutations, Is.Empty);
        Assert.That(recorded.Gap, Does.Contain("efcore.executing: the recorder failed"));
    }

    [Test]
    public async Task A_value_that_cannot_be_read_does_not_reach_the_app()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Add(new Customer { Name = "Ann", Email = new Email("no text") });
            Assert.That(await context.SaveChangesAsync(), Is.EqualTo(1));
        });

        Assert.That(MutationText.Of(recorded.Mutations[0]), Does.Contain("Email=(unreadable: NotSupportedException)"));
    }

    [Test]
    public async Task Outside_a_recording_nothing_is_allocated()
    {
        await using ShopContext context = Open();
        var interceptors = context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()!.Interceptors!.ToArray();
        var save = interceptors.OfType<ISaveChangesInterceptor>().Single();
        var commands = interceptors.OfType<IDbCommandInterceptor>().ToArray();
        var transaction = interceptors.OfType<IDbTransactionInterceptor>().Single();
        var connection = interceptors.OfType<IDbConnectionInterceptor>().Single();
        CallAll();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            CallAll();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        // Without event data: outside a recording it is not even looked at.
        void CallAll()
        {
            save.SavingChanges(null!, default);
            save.SavedChanges(null!, 1);
            save.SaveChangesCanceled(null!);
            save.ThrowingConcurrencyException(null!, default);
            foreach (IDbCommandInterceptor command in commands)
            {
                command.ReaderExecuting(null!, null!, default);
                command.ReaderExecuted(null!, null!, null!);
                command.NonQueryExecuted(null!, null!, 1);
                command.ScalarExecuted(null!, null!, null);
                command.DataReaderDisposing(null!, null!, default);
            }

            transaction.TransactionStarted(null!, null!, null!);
            transaction.TransactionCommitted(null!, null!);
            transaction.RolledBackToSavepoint(null!, null!);
            transaction.TransactionFailed(null!, null!);
            connection.ConnectionClosed(null!, null!);
        }
    }

    [Test]
    public async Task A_save_goes_on_as_without_the_recorder()
    {
        string[] bare = await SqlOfAsync(Builder());
        string[] outside = await SqlOfAsync(Builder().UseFlightRecorder());
        string[] inside = [];
        await RecordAsync(async () => inside = await SqlOfAsync(Builder().UseFlightRecorder()));

        Assert.That(outside, Is.EqualTo(bare));
        Assert.That(inside, Is.EqualTo(bare));
    }

    [Test]
    public async Task A_pooled_context_belongs_to_the_recording_it_is_used_in()
    {
        var services = new ServiceCollection();
        services.AddDbContextPool<ShopContext>(options => options.UseNpgsql(ConnectionString).UseFlightRecorder(), poolSize: 1);
        await using ServiceProvider provider = services.BuildServiceProvider();

        RecordedOperation first = await RecordAsync(() => SaveInScopeAsync("A1"));
        await SaveInScopeAsync("A2");
        RecordedOperation third = await RecordAsync(() => SaveInScopeAsync("A3"));

        Assert.That(first.Text, Does.Contain("Number=A1").And.Not.Contain("A2"));
        Assert.That(third.Text, Does.Contain("Number=A3").And.Not.Contain("A2"));
        Assert.That(third.Mutations, Has.Count.EqualTo(1));

        async Task SaveInScopeAsync(string number)
        {
            using IServiceScope scope = provider.CreateScope();
            ShopContext context = scope.ServiceProvider.GetRequiredService<ShopContext>();
            context.Add(new Order { Number = number, Qty = 1 });
            await context.SaveChangesAsync();
        }
    }

    [Test]
    public async Task Parallel_contexts_of_one_recording_lose_nothing()
    {
        RecordedOperation recorded = await RecordAsync(() => Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (int j = 0; j < 5; j++)
            {
                await using ShopContext context = Open();
                context.AddRange(new Order { Number = $"{i}-{j}a", Qty = 1 }, new Order { Number = $"{i}-{j}b", Qty = 1 });
                await context.SaveChangesAsync();
            }
        }))));

        Assert.That(recorded.Mutations, Has.Count.EqualTo(80));
        Assert.That(recorded.Mutations.Select(mutation => mutation.Outcome), Is.All.EqualTo(MutationOutcome.Committed));
        Assert.That(recorded.Mutations.GroupBy(mutation => mutation.Transaction).Select(group => group.Count()), Is.All.EqualTo(2));
    }

    [Test]
    public async Task Parallel_recordings_do_not_mix()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        Recorder.Settling = active => seen[active.Name] = string.Join(',', active.Mutations.ToArray().Select(m => m.After![0][1].Value));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            using Operation operation = Operation.Begin(Recorder, "op" + i);
            await using ShopContext context = Open();
            context.Add(new Order { Number = "N" + i, Qty = 1 });
            await context.SaveChangesAsync();
        })));

        Assert.That(seen, Is.EquivalentTo(Enumerable.Range(0, 8).ToDictionary(i => "op" + i, i => "N" + i)));
    }

    private DbContextOptionsBuilder Builder() => new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString);

    private async Task<string[]> SqlOfAsync(DbContextOptionsBuilder builder)
    {
        var log = new CommandLog();
        await using var context = new ShopContext(builder.AddInterceptors(log).Options);
        Order order = context.Add(new Order { Number = "A1", Qty = 1, Lines = [new OrderLine { Sku = "S" }] }).Entity;
        await context.SaveChangesAsync();
        order.Qty = 2;
        await context.SaveChangesAsync();
        context.Remove(order);
        await context.SaveChangesAsync();
        return [.. log.Commands];
    }

    private sealed class CommandLog : DbCommandInterceptor
    {
        public List<string> Commands { get; } = [];

        public override ValueTask<InterceptionResult<System.Data.Common.DbDataReader>> ReaderExecutingAsync(
            System.Data.Common.DbCommand command,
            CommandEventData eventData,
            InterceptionResult<System.Data.Common.DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            Commands.Add(command.CommandText);
            return new ValueTask<InterceptionResult<System.Data.Common.DbDataReader>>(result);
        }
    }
}
