using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Tells the ledger what becomes of transactions. Disposing one without a commit raises no event.</summary>
/// <param name="own">The saves of the only context that it is for; null for any.</param>
internal sealed class TransactionRecorder(PendingSaves? own = null) : DbTransactionInterceptor, IRecorderInterceptor
{
    public IInterceptor For(PendingSaves saves) => new TransactionRecorder(saves);

    public override DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        Begin(connection, eventData, result);
        return result;
    }

    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        Begin(connection, eventData, result);
        return new ValueTask<DbTransaction>(result);
    }

    public override DbTransaction TransactionUsed(DbConnection connection, TransactionEventData eventData, DbTransaction result)
    {
        Use(connection, eventData, result);
        return result;
    }

    public override ValueTask<DbTransaction> TransactionUsedAsync(
        DbConnection connection, TransactionEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        Use(connection, eventData, result);
        return new ValueTask<DbTransaction>(result);
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
        => Tell(transaction, "efcore.committed", static (ledger, handle) => ledger.Commit(ledger.Of(handle)));

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionCommitted(transaction, eventData);
        return Task.CompletedTask;
    }

    public override void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData)
        => Tell(transaction, "efcore.rolledBack", static (ledger, handle) => ledger.RollBack(ledger.Of(handle)));

    public override Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionRolledBack(transaction, eventData);
        return Task.CompletedTask;
    }

    // Their names are not told; but that of a save is its own.
    public override void CreatedSavepoint(DbTransaction transaction, TransactionEventData eventData)
    {
        string? name = SaveOf(eventData) is { IsUnderWay: false } ? LedgerTransaction.OwnSavepoint : null;
        Tell(transaction, "efcore.savepoint", (transaction, name), static (ledger, state) => ledger.Of(state.transaction)?.Save(state.name));
    }

    public override Task CreatedSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
    {
        CreatedSavepoint(transaction, eventData);
        return Task.CompletedTask;
    }

    public override void RolledBackToSavepoint(DbTransaction transaction, TransactionEventData eventData)
    {
        string? name = SaveOf(eventData) is { IsUnderWay: true, SavepointRolledBack: false } ? LedgerTransaction.OwnSavepoint : null;
        Tell(transaction, "efcore.rolledBackTo", (transaction, name), static (ledger, state) => ledger.Of(state.transaction)?.RollBackTo(state.name));
        WithSave(eventData, static save => save.SavepointRolledBack = true);
    }

    public override Task RolledBackToSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
    {
        RolledBackToSavepoint(transaction, eventData);
        return Task.CompletedTask;
    }

    public override void ReleasedSavepoint(DbTransaction transaction, TransactionEventData eventData)
        => Tell(transaction, "efcore.released", static (ledger, handle) => ledger.Of(handle)?.Release(null));

    public override Task ReleasedSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
    {
        ReleasedSavepoint(transaction, eventData);
        return Task.CompletedTask;
    }

    public override void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData)
        => Tell(transaction, "efcore.failed", (transaction, eventData), static (ledger, state) =>
        {
            if (state.eventData.Action is "Commit" or "Rollback")
            {
                ledger.EndFailed(ledger.Of(state.transaction), state.eventData.Action == "Commit", state.eventData.Exception);
            }
            else
            {
                ledger.Of(state.transaction)?.StatementFailed(ServerVerdict.EffectOf(state.eventData.Exception, state.transaction));
            }

            ledger.Place(state.eventData.Exception);
        });

    public override Task TransactionFailedAsync(
        DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionFailed(transaction, eventData);
        return Task.CompletedTask;
    }

    private void Begin(DbConnection connection, DbContextEventData eventData, DbTransaction transaction)
    {
        if (AmbientHolder.Current is not null)
        {
            Tell(transaction, "efcore.started", (connection, transaction, eventData.Context), static (ledger, state)
                => ledger.Begin(state.connection, state.transaction, state.Context));
            WithSave(eventData, static save => save.TransactionBegan());
        }
    }

    // The transaction of another context, if that one still has it; else one from outside.
    private static void Use(DbConnection connection, DbContextEventData eventData, DbTransaction transaction)
    {
        if (AmbientHolder.Current is not null)
        {
            Tell(transaction, "efcore.used", (connection, transaction, eventData.Context), static (ledger, state) =>
            {
                if (!TransactionLookup.IsHeldByOwner(ledger.Of(state.transaction), state.Context))
                {
                    ledger.Begin(state.connection, state.transaction, state.Context);
                }
            });
        }
    }

    private PendingSave? SaveOf(DbContextEventData eventData)
        => AmbientHolder.Current is not null && eventData.Context is { } context ? (own ?? PendingSaves.Of(context)).Current : null;

    private void WithSave(DbContextEventData eventData, Action<PendingSave> change)
    {
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "efcore.transaction", (eventData.Context, own, change), static (_, state) =>
            {
                if (state.Context is { } context && (state.own ?? PendingSaves.Of(context)).Current is { } save)
                {
                    state.change(save);
                }
            });
        }
    }

    private static void Tell(DbTransaction transaction, string site, Action<Ledger, DbTransaction> tell)
        => Tell(transaction, site, transaction, tell);

    private static void Tell<TState>(DbTransaction transaction, string site, TState state, Action<Ledger, TState> tell)
    {
        if (transaction is not null && AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, site, (state, tell), static (recording, work) =>
                recording.Update((recording.Active.Ledger, work), static all => all.work.tell(all.Ledger, all.work.state)));
        }
    }
}
