using System.Data.Common;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.Tests.EntityFrameworkCore.Transactions;

/// <summary>Transactions begun by the context, and none.</summary>
public sealed class ExplicitTransactionTests : TransactionTest
{
    [Test]
    public async Task A_commit_commits_what_was_saved_before()
    {
        MutationOutcome[] before = [];

        await ExpectInTransactionAsync("t1 Committed, t1 Committed", 2, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            await AddOrderAsync(context, "A2");
            before = [.. Flight.Current!.Value.Active.Mutations.ToArray().Select(mutation => mutation.Outcome)];
            await transaction.CommitAsync();
        });

        Assert.That(before, Is.EqualTo(new[] { MutationOutcome.Unknown, MutationOutcome.Unknown }));
    }

    [Test]
    public Task A_rollback_rolls_back_what_was_saved_before()
        => ExpectInTransactionAsync("t1 RolledBack, - Committed", 1, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            await transaction.RollbackAsync();
            await AddOrderAsync(context, "A2");
        });

    [Test]
    public Task A_synchronous_commit_and_rollback_are_seen_as_well()
        => ExpectAsync("t1 Committed, t2 RolledBack", 1, context =>
        {
            using (IDbContextTransaction transaction = context.Database.BeginTransaction())
            {
                AddOrder(context, "A1");
                transaction.Commit();
            }

            using (IDbContextTransaction transaction = context.Database.BeginTransaction())
            {
                AddOrder(context, "A2");
                transaction.Rollback();
            }

            return Task.CompletedTask;
        });

    [Test]
    public Task A_dispose_without_a_commit_leaves_the_outcome_unknown()
        => ExpectAsync("t1 Unknown, - Committed", 1, async context =>
        {
            await using (await context.Database.BeginTransactionAsync())
            {
                await AddOrderAsync(context, "A1");
            }

            await AddOrderAsync(context, "A2");
        });

    [Test]
    public Task A_later_commit_does_not_count_for_a_transaction_that_was_disposed()
        => ExpectAsync("t1 Unknown, t2 Committed", 1, async context =>
        {
            await context.Database.OpenConnectionAsync();
            await using (await context.Database.BeginTransactionAsync())
            {
                await AddOrderAsync(context, "A1");
            }

            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            await AddOrderAsync(context, "A2");
            await transaction.CommitAsync();
        });

    [Test]
    public Task A_commit_after_a_failed_statement_is_a_rollback_on_PostgreSQL()
        => ExpectInTransactionAsync("t1 RolledBack", 0, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            Assert.CatchAsync<DbException>(() => context.Database.ExecuteSqlRawAsync("SELECT 1 / 0"));
            await transaction.CommitAsync();
        });

    [Test]
    public Task A_statement_that_never_went_out_does_no_harm()
        => ExpectInTransactionAsync("t1 Committed", 1, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            Assert.CatchAsync<InvalidCastException>(() => context.Database.ExecuteSqlRawAsync("SELECT {0}", new Npgsql.NpgsqlParameter<int> { Value = "x" }));
            await transaction.CommitAsync();
        });

    [Test]
    public async Task A_commit_after_the_recording_ended_changes_nothing()
    {
        await using ShopContext context = Open();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        RecordedOperation recorded = await RecordAsync(() => AddOrderAsync(context, "A1"));

        await transaction.CommitAsync();

        Assert.That(Outcomes(recorded), Is.EqualTo("t1 Unknown"));
    }

    [Test]
    public async Task One_begun_before_the_recording_is_known_by_the_context()
    {
        await using ShopContext context = Open();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();

        RecordedOperation open = await RecordAsync(() => AddOrderAsync(context, "A1"));
        RecordedOperation committed = await RecordAsync(async () =>
        {
            await AddOrderAsync(context, "A2");
            await transaction.CommitAsync();
        });

        Assert.That(Outcomes(open), Is.EqualTo("t1 Unknown"));
        Assert.That(Outcomes(committed), Is.EqualTo("t1 Committed"));
    }

    [Test]
    public Task Saves_without_automatic_transactions_commit_by_themselves()
        => ExpectAsync("- Committed, - Committed", 2, async context =>
        {
            context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
            context.AddRange(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 1 });
            await context.SaveChangesAsync();
        });
}
