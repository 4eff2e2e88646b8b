using System.Data;
using System.Data.Common;

namespace FlightRecorder.AdoNet;

/// <summary>
/// A provider's transaction whose savepoints and end are told to the ledger. Disposing it before its end rolls it back where the provider is
/// known to; else the outcome is unknown.
/// </summary>
internal sealed class RecordingTransaction(DbTransaction inner, RecordingConnection connection) : DbTransaction
{
    private Task? _ending;
    private bool _isOver;
    private bool _isEnding;

    public DbTransaction Inner { get; } = inner;

    /// <summary>Whether its end was seen, in a recording or outside.</summary>
    public bool IsOver => _isOver || _ending is { IsCompletedSuccessfully: true };

    /// <summary>
    /// Whether it is open and nobody tries to end it: disposing it, or closing its connection, then rolls it back, or breaks the connection, and
    /// the server does. Asks the provider, which knows also of an end that went past this object; not where a reader is open, whose text may
    /// end it yet.
    /// </summary>
    public bool IsLeftOpen => !_isEnding && !IsOver && connection.Transactions.Running is null && ServerVerdict.IsNpgsql(Inner) && !ProviderTransactions.IsFinished(Inner);

    public override IsolationLevel IsolationLevel => Inner.IsolationLevel;

    public override bool SupportsSavepoints => Inner.SupportsSavepoints;

    protected override DbConnection? DbConnection
        => Inner.Connection is { } current ? ReferenceEquals(current, connection.Inner) ? connection : current : null;

    public override void Commit() => Watch(TransactionStep.Commit, null, static (inner, _) => inner.Commit());

    public override Task CommitAsync(CancellationToken cancellationToken = default)
        => WatchAsync(TransactionStep.Commit, null, Inner.CommitAsync(cancellationToken));

    public override void Rollback() => Watch(TransactionStep.RollBack, null, static (inner, _) => inner.Rollback());

    public override Task RollbackAsync(CancellationToken cancellationToken = default)
        => WatchAsync(TransactionStep.RollBack, null, Inner.RollbackAsync(cancellationToken));

    public override void Save(string savepointName) => Watch(TransactionStep.Save, savepointName, static (inner, name) => inner.Save(name!));

    public override Task SaveAsync(string savepointName, CancellationToken cancellationToken = default)
        => WatchAsync(TransactionStep.Save, savepointName, Inner.SaveAsync(savepointName, cancellationToken));

    public override void Rollback(string savepointName)
        => Watch(TransactionStep.RollBackTo, savepointName, static (inner, name) => inner.Rollback(name!));

    public override Task RollbackAsync(string savepointName, CancellationToken cancellationToken = default)
        => WatchAsync(TransactionStep.RollBackTo, savepointName, Inner.RollbackAsync(savepointName, cancellationToken));

    public override void Release(string savepointName) => Watch(TransactionStep.Release, savepointName, static (inner, name) => inner.Release(name!));

    public override Task ReleaseAsync(string savepointName, CancellationToken cancellationToken = default)
        => WatchAsync(TransactionStep.Release, savepointName, Inner.ReleaseAsync(savepointName, cancellationToken));

    public override ValueTask DisposeAsync()
    {
        TransactionStep step = Disposing();
        ValueTask disposing = Inner.DisposeAsync();
        connection.Transactions.Took(step, this, null, null);
        return disposing;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            TransactionStep step = Disposing();
            Inner.Dispose();
            connection.Transactions.Took(step, this, null, null);
        }
    }

    /// <summary>Its end was seen.</summary>
    public void End() => _isOver = true;

    private TransactionStep Disposing() => AmbientHolder.CurrentHolder is not null && IsLeftOpen ? TransactionStep.RollBack : TransactionStep.Dispose;

    private void Watch(TransactionStep step, string? savepoint, Action<DbTransaction, string?> take)
    {
        _isEnding |= step is TransactionStep.Commit or TransactionStep.RollBack;
        try
        {
            take(Inner, savepoint);
        }
        catch (Exception error)
        {
            connection.Transactions.Took(step, this, savepoint, error);
            throw;
        }

        connection.Transactions.Took(step, this, savepoint, null);
    }

    // Outside a recording the task itself tells later whether the transaction is over.
    private Task WatchAsync(TransactionStep step, string? savepoint, Task taking)
    {
        _isEnding |= step is TransactionStep.Commit or TransactionStep.RollBack;
        if (AmbientHolder.CurrentHolder is not null)
        {
            return WatchRecordedAsync(step, savepoint, taking);
        }

        if (step is TransactionStep.Commit or TransactionStep.RollBack)
        {
            _ending = taking;
        }

        return taking;
    }

    private async Task WatchRecordedAsync(TransactionStep step, string? savepoint, Task taking)
    {
        try
        {
            await taking.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            connection.Transactions.Took(step, this, savepoint, error);
            throw;
        }

        connection.Transactions.Took(step, this, savepoint, null);
    }
}
