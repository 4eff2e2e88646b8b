using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.Tests.EntityFrameworkCore;

/// <summary>What the recorder costs where nothing is recorded, counted over whole saves, queries and statements.</summary>
[NonParallelizable]
public sealed class InactiveTests : DatabaseTest
{
    private const int Rounds = 40;

    // As long as the runtime has not yet compiled what runs, either side may come out above the other.
    private const int MostRounds = 400;

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
        using var bare = new ShopContext(Builder(own).Options);
        using var recorded = new ShopContext(Builder(own).UseFlightRecorder().Options);

        // Both in turn, and the cheapest of each: what the runtime does beside it comes and goes.
        long least = long.MaxValue;
        long leastBare = long.MaxValue;
        foreach (ShopContext context in new[] { bare, recorded })
        {
            _ = context.Orders.ToList();
        }

        for (int i = 1; i <= Rounds || (least > leastBare && i <= MostRounds); i++)
        {
            leastBare = Math.Min(leastBare, Allocated(bare, work, i * 2));
            least = Math.Min(least, Allocated(recorded, work, (i * 2) + 1));
        }

        Assert.That(least, Is.LessThanOrEqualTo(leastBare));
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
