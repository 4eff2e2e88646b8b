using System.Diagnostics;
using FlightRecorder.EntityFrameworkCore;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace FlightRecorder.Tests.EntityFrameworkCore;

/// <summary>What the recorder costs where nothing is recorded, counted over whole saves, queries and statements.</summary>
[NonParallelizable]
public sealed class InactiveTests : DatabaseTest
{
    // As long as the runtime has not yet compiled what runs, either side may come out above the other.
    private const int QuietRounds = 100;
    private const int MostRounds = 1000;

    // Compiling goes on beside, and on a busy machine for long: what stays is what counts.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Test]
    public void A_save_outside_a_recording_allocates_what_it_does_without_the_recorder()
        => ExpectNoMore(static (context, i) =>
        {
            context.Orders.Local.First().Qty = i;
            context.SaveChanges();
        });

    [Test]
    public void A_query_outside_a_recording_allocates_what_it_does_without_the_recorder()
        => ExpectNoMore(static (context, i) => context.Orders.AsNoTracking().First(order => order.Qty > i - i));

    [Test]
    public void A_query_outside_a_recording_costs_nothing_beside_an_interceptor_for_saves_of_the_apps()
        => ExpectNoMore(static (context, i) => context.Orders.AsNoTracking().First(order => order.Qty > i - i), new OwnInterceptor());

    [Test]
    public void A_set_based_statement_outside_a_recording_allocates_what_it_does_without_the_recorder()
        => ExpectNoMore(static (context, i) => context.Orders.Where(order => order.Qty < 0).ExecuteDelete());

    [Test]
    public void A_transaction_outside_a_recording_allocates_what_it_does_without_the_recorder()
        => ExpectNoMore(static (context, i) =>
        {
            using var transaction = context.Database.BeginTransaction();
            transaction.Commit();
        });

    [Test]
    public void One_more_options_extension_would_cost_each_query_what_the_recorder_must_not()
    {
        AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 }).GetAwaiter().GetResult();
        DbContextOptionsBuilder extended = Builder([]);
        ((IDbContextOptionsBuilderInfrastructure)extended).AddOrUpdateExtension(new AmbientInterceptorsExtension());
        (long bare, long one) = Least(Builder([]).Options, extended.Options, static (context, i) => context.Orders.AsNoTracking().First(order => order.Qty > i - i));

        TestContext.Out.WriteLine($"{one - bare} bytes a query");
        Assert.That(one, Is.GreaterThan(bare), "where EF Core no longer sorts them for each query, the recorder may be one of them");
    }

    [Test]
    public async Task A_recording_that_begins_while_the_context_is_in_use_misses_nothing()
    {
        await AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 });
        await using ShopContext context = Open();
        Order order = await context.Orders.SingleAsync();

        var recorded = await RecordAsync(async () =>
        {
            order.Qty = 2;
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("update Order - Committed"));
    }

    private void ExpectNoMore(Action<ShopContext, int> work, params IInterceptor[] own)
    {
        AddUnrecordedAsync(new Order { Number = "A1", Qty = 1 }).GetAwaiter().GetResult();
        long started = Stopwatch.GetTimestamp();
        long bare;
        long recorded;
        do
        {
            (bare, recorded) = Least(Builder(own).Options, Builder(own).UseFlightRecorder().Options, work);
        }
        while (recorded > bare && Stopwatch.GetElapsedTime(started) < s_patience);

        Assert.That(recorded, Is.LessThanOrEqualTo(bare));
    }

    // Both in turn, and the cheapest of each, until neither has come down for a while: what the runtime does beside it comes and goes.
    private static (long Bare, long Other) Least(DbContextOptions options, DbContextOptions others, Action<ShopContext, int> work)
    {
        using var bare = new ShopContext(options);
        using var other = new ShopContext(others);
        _ = bare.Orders.ToList();
        _ = other.Orders.ToList();
        long least = long.MaxValue;
        long leastBare = long.MaxValue;
        int lastFall = 0;
        for (int i = 1; i <= MostRounds && i - lastFall <= QuietRounds; i++)
        {
            long ofBare = Allocated(bare, work, i * 2);
            long ofOther = Allocated(other, work, (i * 2) + 1);
            lastFall = ofBare < leastBare || ofOther < least ? i : lastFall;
            leastBare = Math.Min(leastBare, ofBare);
            least = Math.Min(least, ofOther);
        }

        return (leastBare, least);
    }

    private DbContextOptionsBuilder Builder(IInterceptor[] own) => new DbContextOptionsBuilder<ShopContext>().UseNpgsql(ConnectionString).AddInterceptors(own);

    private static long Allocated(ShopContext context, Action<ShopContext, int> work, int i)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        work(context, i);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class OwnInterceptor : SaveChangesInterceptor;
}
