using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.Tests.EntityFrameworkCore.Transactions;

/// <summary>Savepoints by EF Core's own methods, which do not tell their names.</summary>
public sealed class SavepointTests : TransactionTest
{
    [Test]
    public Task A_rollback_to_a_savepoint_undoes_what_came_after_it()
        => ExpectInTransactionAsync("t1 Committed, t1 RolledBack, t1 Committed", 2, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            await transaction.CreateSavepointAsync("here");
            await AddOrderAsync(context, "A2");
            await transaction.RollbackToSavepointAsync("here");
            await AddOrderAsync(context, "A3");
            await transaction.CommitAsync();
        });

    [Test]
    public Task With_two_savepoints_what_may_have_been_undone_is_not_called_committed()
        => ExpectInTransactionAsync("t1 Unknown, t1 RolledBack", 0, async (context, transaction) =>
        {
            await transaction.CreateSavepointAsync("outer");
            await AddOrderAsync(context, "A1");
            await transaction.CreateSavepointAsync("inner");
            await AddOrderAsync(context, "A2");
            await transaction.RollbackToSavepointAsync("outer");
            await transaction.CommitAsync();
        });

    [Test]
    public Task A_failed_save_goes_back_to_its_own_savepoint_whatever_others_there_are()
        => ExpectInTransactionAsync("t1 Committed, t1 Committed, t1 RolledBack, t1 Committed", 3, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            await transaction.CreateSavepointAsync("outer");
            await AddOrderAsync(context, "A2");
            await transaction.CreateSavepointAsync("inner");
            Assert.CatchAsync<DbUpdateException>(() => AddOrderAsync(context, "A1"));
            context.ChangeTracker.Clear();
            await AddOrderAsync(context, "A3");
            await transaction.CommitAsync();
        });

    [Test]
    public Task A_rollback_by_the_app_is_not_to_the_savepoint_of_a_failed_save()
        => ExpectInTransactionAsync("t1 Committed, t1 RolledBack, t1 RolledBack", 1, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            await transaction.CreateSavepointAsync("outer");
            await AddOrderAsync(context, "A2");
            Assert.CatchAsync<DbUpdateException>(() => AddOrderAsync(context, "A1"));
            await transaction.RollbackToSavepointAsync("outer");
            await transaction.CommitAsync();
        });

    [Test]
    public Task Work_after_a_savepoint_gone_back_to_past_EF_Core_is_in_doubt()
        => ExpectInTransactionAsync("t1 Unknown, t1 Unknown", 2, async (context, transaction) =>
        {
            DbTransaction provider = transaction.GetDbTransaction();
            await AddOrderAsync(context, "A1");
            await provider.SaveAsync("here");
            Assert.CatchAsync<DbException>(() => context.Database.ExecuteSqlRawAsync("SELECT 1 / 0"));
            await provider.RollbackAsync("here");
            await AddOrderAsync(context, "A2");
            await transaction.CommitAsync();
        });

    [Test]
    public Task A_savepoint_that_is_not_there_takes_the_transaction_down()
        => ExpectInTransactionAsync("t1 RolledBack", 0, async (context, transaction) =>
        {
            await AddOrderAsync(context, "A1");
            Assert.CatchAsync<DbException>(() => transaction.RollbackToSavepointAsync("nowhere"));
            await transaction.CommitAsync();
        });
}
