using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.Tests.EntityFrameworkCore.Transactions;

/// <summary>Orders saved in a recording, whose outcomes are held against the orders that the database has afterwards.</summary>
public abstract class TransactionTest : DatabaseTest
{
    /// <summary>Records the work with a context of its own.</summary>
    /// <param name="outcomes">The transaction and outcome of each mutation: <c>t1 Committed, - RolledBack</c>.</param>
    /// <param name="orders">The orders in the database afterwards.</param>
    /// <param name="work">The work.</param>
    private protected Task ExpectAsync(string outcomes, int orders, Func<ShopContext, Task> work)
        => ExpectAsync(outcomes, orders, async () =>
        {
            await using ShopContext context = Open();
            await work(context);
        });

    /// <summary>Records the work inside a transaction of EF Core's, disposed at its end.</summary>
    /// <inheritdoc cref="ExpectAsync(string, int, Func{ShopContext, Task})" />
    private protected Task ExpectInTransactionAsync(string outcomes, int orders, Func<ShopContext, IDbContextTransaction, Task> work)
        => ExpectAsync(outcomes, orders, async context =>
        {
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            await work(context, transaction);
        });

    /// <inheritdoc cref="ExpectAsync(string, int, Func{ShopContext, Task})" />
    private protected async Task ExpectAsync(string outcomes, int orders, Func<Task> work)
    {
        RecordedOperation recorded = await RecordAsync(work);

        Assert.That(Outcomes(recorded), Is.EqualTo(outcomes));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(orders), "orders in the database");
    }

    private protected static string Outcomes(RecordedOperation recorded)
        => string.Join(", ", recorded.Mutations.Select(mutation => $"{mutation.Transaction ?? "-"} {mutation.Outcome}"));

    private protected static async Task AddOrderAsync(ShopContext context, string number)
    {
        context.Add(new Order { Number = number, Qty = 1 });
        await context.SaveChangesAsync();
    }

    private protected static void AddOrder(ShopContext context, string number)
    {
        context.Add(new Order { Number = number, Qty = 1 });
        context.SaveChanges();
    }
}
