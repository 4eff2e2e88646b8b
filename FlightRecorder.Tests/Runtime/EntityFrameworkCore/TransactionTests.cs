using System.Data.Common;
using System.Transactions;
using FlightRecorder.Tests.EntityFrameworkCore.Model;
using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FlightRecorder.Tests.EntityFrameworkCore;

public sealed class TransactionTests : DatabaseTest
{
    [Test]
    public async Task An_explicit_commit_commits_what_was_saved_before()
    {
        string before = "";
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            await AddOrderAsync(context, "A1");
            await AddOrderAsync(context, "A2");
            before = Now();
            await transaction.CommitAsync();
        });

        Assert.That(before, Is.EqualTo("Unknown Unknown"));
        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Committed\ninsert Order t1 Committed"));
    }

    [Test]
    public async Task An_explicit_rollback_rolls_back_what_was_saved_before()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            await AddOrderAsync(context, "A1");
            await transaction.RollbackAsync();
            await AddOrderAsync(context, "A2");
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 RolledBack\ninsert Order - Committed"));
    }

    [Test]
    public void A_synchronous_commit_and_rollback_are_seen_as_well()
    {
        RecordedOperation recorded = RecordAsync(() =>
        {
            using ShopContext context = Open();
            using (IDbContextTransaction transaction = context.Database.BeginTransaction())
            {
                context.Add(new Order { Number = "A1", Qty = 1 });
                context.SaveChanges();
                transaction.Commit();
            }

            using (IDbContextTransaction transaction = context.Database.BeginTransaction())
            {
                context.Add(new Order { Number = "A2", Qty = 1 });
                context.SaveChanges();
                transaction.Rollback();
            }

            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Committed\ninsert Order t2 RolledBack"));
    }

    [Test]
    public async Task A_dispose_without_a_commit_leaves_the_outcome_unknown()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await using (await context.Database.BeginTransactionAsync())
            {
                await AddOrderAsync(context, "A1");
            }

            await AddOrderAsync(context, "A2");
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Unknown\ninsert Order - Committed"));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_commit_of_an_external_transaction_is_not_seen_and_not_guessed()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
            await using ShopContext context = Open(connection: connection);
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await context.Database.UseTransactionAsync(transaction);
            await AddOrderAsync(context, "A1");
            await transaction.CommitAsync();
            await context.Database.UseTransactionAsync(null);
            await AddOrderAsync(context, "A2");
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Unknown\ninsert Order - Committed"));
    }

    [Test]
    public async Task A_transaction_begun_by_one_context_holds_for_another_on_the_same_connection()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
            await using ShopContext first = Open(connection: connection);
            await using ShopContext second = Open(connection: connection);
            await using IDbContextTransaction transaction = await first.Database.BeginTransactionAsync();
            await AddOrderAsync(second, "A1");
            await transaction.RollbackAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 RolledBack"));
        Assert.That(await CountOrdersAsync(), Is.Zero);
    }

    [Test]
    public async Task A_later_commit_does_not_count_for_a_transaction_that_was_disposed()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.OpenConnectionAsync();
            await using (await context.Database.BeginTransactionAsync())
            {
                await AddOrderAsync(context, "A1");
            }

            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            await AddOrderAsync(context, "A2");
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Unknown\ninsert Order t2 Committed"));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Two_contexts_share_a_transaction_that_the_first_commits()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
            await using ShopContext first = Open(connection: connection);
            await using ShopContext second = Open(connection: connection);
            await using IDbContextTransaction transaction = await first.Database.BeginTransactionAsync();
            await AddOrderAsync(first, "A1");
            await second.Database.UseTransactionAsync(transaction.GetDbTransaction());
            await AddOrderAsync(second, "A2");
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Committed\ninsert Order t1 Committed"));
    }

    [Test]
    public async Task A_transaction_begun_before_the_recording_is_known_by_the_context()
    {
        await using ShopContext context = Open();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();

        RecordedOperation open = await RecordAsync(() => AddOrderAsync(context, "A1"));
        RecordedOperation committed = await RecordAsync(async () =>
        {
            await AddOrderAsync(context, "A2");
            await transaction.CommitAsync();
        });

        Assert.That(open.Outcomes, Is.EqualTo("insert Order t1 Unknown"));
        Assert.That(committed.Outcomes, Is.EqualTo("insert Order t1 Committed"));
    }

    [Test]
    public async Task A_completed_scope_commits()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            await using ShopContext context = Open();
            await AddOrderAsync(context, "A1");
            await AddOrderAsync(context, "A2");
            scope.Complete();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Committed\ninsert Order t1 Committed"));
    }

    [Test]
    public async Task An_abandoned_scope_rolls_back()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
            {
                await using ShopContext context = Open();
                await AddOrderAsync(context, "A1");
            }

            await using ShopContext other = Open();
            await AddOrderAsync(other, "A2");
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 RolledBack\ninsert Order - Committed"));
    }

    [Test]
    public async Task A_completed_scope_with_a_failed_statement_is_not_called_committed()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            try
            {
                using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
                await using ShopContext context = Open();
                await AddOrderAsync(context, "A1");
                Assert.CatchAsync<DbException>(() => context.Database.ExecuteSqlRawAsync("SELECT 1 / 0"));
                scope.Complete();
            }
            catch (TransactionException)
            {
                // Whether the scope tells is up to the provider.
            }
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 RolledBack"));
        Assert.That(await CountOrdersAsync(), Is.Zero);
    }

    [Test]
    public async Task A_scope_that_the_connection_does_not_join_says_nothing()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Enlist=false");
                await using ShopContext context = Open(connection: connection);
                await AddOrderAsync(context, "A1");
            }
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Unknown"));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_rollback_to_a_savepoint_undoes_what_came_after_it()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            await AddOrderAsync(context, "A1");
            await transaction.CreateSavepointAsync("here");
            await AddOrderAsync(context, "A2");
            await transaction.RollbackToSavepointAsync("here");
            await AddOrderAsync(context, "A3");
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Committed\ninsert Order t1 RolledBack\ninsert Order t1 Committed"));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task With_two_savepoints_what_may_have_been_undone_is_not_called_committed()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            await transaction.CreateSavepointAsync("outer");
            await AddOrderAsync(context, "A1");
            await transaction.CreateSavepointAsync("inner");
            await AddOrderAsync(context, "A2");
            await transaction.RollbackToSavepointAsync("outer");
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Unknown\ninsert Order t1 RolledBack"));
        Assert.That(await CountOrdersAsync(), Is.Zero);
    }

    [Test]
    public async Task A_rollback_as_SQL_text_is_followed()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.OpenConnectionAsync();
            await context.Database.ExecuteSqlRawAsync("BEGIN");
            await AddOrderAsync(context, "A1");
            await context.Database.ExecuteSqlRawAsync("ROLLBACK");
            await AddOrderAsync(context, "A2");
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 RolledBack\ninsert Order - Committed"));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_commit_and_a_savepoint_as_SQL_text_are_followed()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.OpenConnectionAsync();
            await context.Database.ExecuteSqlRawAsync("SELECT 1; begin; savepoint a");
            await AddOrderAsync(context, "A1");
            await context.Database.ExecuteSqlRawAsync("savepoint b");
            await AddOrderAsync(context, "A2");
            await context.Database.ExecuteSqlRawAsync("rollback to savepoint b");
            await context.Database.ExecuteSqlRawAsync("commit");
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Committed\ninsert Order t1 RolledBack"));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_closed_connection_leaves_a_transaction_by_SQL_text_unknown()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await context.Database.OpenConnectionAsync();
            await context.Database.ExecuteSqlRawAsync("BEGIN");
            await AddOrderAsync(context, "A1");
            await context.Database.CloseConnectionAsync();
            await AddOrderAsync(context, "A2");
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Unknown\ninsert Order - Committed"));
        Assert.That(await CountOrdersAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_commit_after_a_failed_statement_is_a_rollback_on_PostgreSQL()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            await AddOrderAsync(context, "A1");
            Assert.CatchAsync<DbException>(() => context.Database.ExecuteSqlRawAsync("SELECT 1 / 0"));
            await transaction.CommitAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 RolledBack"));
        Assert.That(await CountOrdersAsync(), Is.Zero);
    }

    [Test]
    public async Task A_commit_after_the_recording_ended_changes_nothing()
    {
        await using ShopContext context = Open();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        RecordedOperation recorded = await RecordAsync(() => AddOrderAsync(context, "A1"));

        await transaction.CommitAsync();

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order t1 Unknown"));
    }

    [Test]
    public async Task Saves_without_automatic_transactions_commit_by_themselves()
    {
        RecordedOperation recorded = await RecordAsync(async () =>
        {
            await using ShopContext context = Open();
            context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
            context.AddRange(new Order { Number = "A1", Qty = 1 }, new Order { Number = "A2", Qty = 1 });
            await context.SaveChangesAsync();
        });

        Assert.That(recorded.Outcomes, Is.EqualTo("insert Order - Committed\ninsert Order - Committed"));
    }

    private static async Task AddOrderAsync(ShopContext context, string number)
    {
        context.Add(new Order { Number = number, Qty = 1 });
        await context.SaveChangesAsync();
    }

    private static string Now()
    {
        AmbientRecording recording = Flight.Current!.Value;
        return string.Join(' ', recording.Active.Mutations.ToArray().Select(mutation => mutation.Outcome));
    }
}
