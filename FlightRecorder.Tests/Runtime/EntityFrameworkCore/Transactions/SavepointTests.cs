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
}
