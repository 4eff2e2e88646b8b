using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using FlightRecorder.Tests.EntityFrameworkCore.Sequences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.Tests.EntityFrameworkCore.Retries;

/// <summary>What an execution strategy runs again is one change with several attempts.</summary>
public sealed class RetryTests : DatabaseTest
{
    [Test]
    public async Task A_save_that_EF_Core_tries_again_is_one_change()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Retrying(new FlakyInterceptor { Failures = 2, AfterExecution = true });
            context.AddRange(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 2 });
            await context.SaveChangesAsync();
        });

        Assert.That(Attempts(recorded), Is.EqualTo("A1 #3 Committed, A2 #3 Committed"));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task An_attempt_that_may_have_been_done_stays_a_change_of_its_own()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Retrying(new FlakyInterceptor { Failures = 1, AfterExecution = true });
            context.Add(new Order { Number = "A1", Qty = 1 });
            Assert.CatchAsync<DbUpdateException>(() => context.SaveChangesAsync());
        });

        Assert.That(Attempts(recorded), Is.EqualTo("A1 #1 Unknown, A1 #2 RolledBack"));
        Assert.That(recorded.Gap, Does.Contain("an earlier attempt of a save may have been done as well"));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Work_that_the_app_has_run_again_is_one_change()
    {
        RecordedOperation recorded = await RunAsync(failures: 2, rollsBack: true);

        Assert.That(Attempts(recorded), Is.EqualTo("A1 #3 Committed, A2 #3 Committed"));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Work_given_up_after_all_attempts_is_one_change_that_was_rolled_back()
    {
        RecordedOperation recorded = await RunAsync(failures: 9, rollsBack: true);

        Assert.That(Attempts(recorded), Is.EqualTo("A1 #3 RolledBack, A2 #3 RolledBack"));
        Assert.That(await CountOrdersAsync(), Is.Zero);
    }

    [Test]
    public async Task An_attempt_whose_end_was_not_seen_is_not_taken_for_undone()
    {
        RecordedOperation recorded = await RunAsync(failures: 1, rollsBack: false);

        Assert.That(Attempts(recorded), Is.EqualTo("A1 #1 Unknown, A2 #1 Unknown, A1 #2 Committed, A2 #2 Committed"));
    }

    [Test]
    public async Task The_same_change_made_twice_in_one_attempt_is_two()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Retrying();
            await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                context.Add(new Voucher { Code = "X" });
                context.Add(new Voucher { Code = "X" });
                await context.SaveChangesAsync();
            });
        });

        Assert.That(recorded.Mutations.Select(mutation => mutation.Attempt), Is.EqualTo(new[] { 1, 1 }));
    }

    private Task<RecordedOperation> RunAsync(int failures, bool rollsBack) => RecordAsync(async () =>
    {
        await using ShopContext context = Retrying();
        try
        {
            await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                context.ChangeTracker.Clear();
                await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
                context.AddRange(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 2 });
                await context.SaveChangesAsync();
                if (failures-- > 0)
                {
                    await (rollsBack ? transaction.RollbackAsync() : Task.CompletedTask);
                    throw new TransientException();
                }

                await transaction.CommitAsync();
            });
        }
        catch (RetryLimitExceededException)
        {
            // Given up.
        }
    });

    private ShopContext Retrying(params Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor[] interceptors)
        => new(new DbContextOptionsBuilder<ShopContext>()
            .UseNpgsql(ConnectionString, npgsql => npgsql.ExecutionStrategy(static dependencies => new RetryingStrategy(dependencies)))
            .UseFlightRecorder().AddInterceptors(interceptors).Options);

    private static string Attempts(RecordedOperation recorded)
        => string.Join(", ", recorded.Mutations.Select(mutation => $"{mutation.After![0].Single(value => value.Name == "Number").Value} #{mutation.Attempt} {mutation.Outcome}"));
}
