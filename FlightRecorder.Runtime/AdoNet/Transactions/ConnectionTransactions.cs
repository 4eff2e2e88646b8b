using System.Data.Common;
using System.Transactions;

namespace FlightRecorder.AdoNet;

/// <summary>What is known of transactions on one connection, in and outside recordings: begun by API, by SQL text, or joined.</summary>
internal sealed class ConnectionTransactions(DbConnection connection)
{
    private Transaction? _openedUnder;
    private Transaction? _enlisted;
    private RecordingTransaction? _current;

    /// <summary>The open one that was begun by API, or null.</summary>
    public RecordingTransaction? Current => _current is { IsOver: false } ? _current : null;

    /// <summary>One begun by SQL text is open.</summary>
    public bool IsOpenByText { get; private set; }

    /// <summary>The reader or command that is under way; ended with the connection.</summary>
    public Execution? Running { get; set; }

    /// <summary>The ambient transaction that the connection surely takes part in while that is under way, or null.</summary>
    public Transaction? Joined
    {
        get
        {
            if (AmbientTransactions.IsActive(_enlisted))
            {
                return _enlisted;
            }

            return AmbientTransactions.IsActive(_openedUnder) && AmbientTransactions.Enlists(connection.ConnectionString) ? _openedUnder : null;
        }
    }

    public void Opened(Transaction? ambient)
    {
        _openedUnder = ambient;
        _enlisted = null;
        _current = null;
        IsOpenByText = false;
    }

    public void Enlisted(Transaction? transaction) => _enlisted = transaction;

    /// <summary>The connection is about to be closed: the transaction that is surely rolled back with it, or null.</summary>
    public RecordingTransaction? Closing() => AmbientHolder.CurrentHolder is not null && Current is { IsLeftOpen: true } open ? open : null;

    /// <summary>The connection was closed: what was open on it ended unseen.</summary>
    /// <param name="rolledBack">But not this one, from <see cref="Closing"/>.</param>
    public void Closed(RecordingTransaction? rolledBack = null)
    {
        if (rolledBack is not null)
        {
            Took(TransactionStep.RollBack, rolledBack, null, null);
        }

        Running?.Closed(-1, null);
        Running = null;
        _current = null;
        IsOpenByText = false;
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "adonet.closed", connection, static (recording, connection) =>
                recording.Update((recording.Active.Ledger, connection), static state => state.Ledger.Forget(state.connection)));
        }
    }

    public void Begun(RecordingTransaction transaction)
    {
        _current = transaction;
        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "adonet.begun", (connection, transaction.Inner), static (recording, state) =>
                recording.Update((recording.Active.Ledger, state), static all => all.Ledger.Begin(all.state.connection, all.state.Inner)));
        }
    }

    /// <summary>The app did something with a transaction.</summary>
    /// <param name="step">What.</param>
    /// <param name="transaction">With which.</param>
    /// <param name="savepoint">The savepoint's name, where there is one.</param>
    /// <param name="error">Null when it succeeded.</param>
    public void Took(TransactionStep step, RecordingTransaction transaction, string? savepoint, Exception? error)
    {
        if (IsEnd(step) && (error is null || ServerVerdict.IsRefusal(error)))
        {
            transaction.End();
        }

        if (AmbientHolder.Current is { } recording)
        {
            Guarded.Run(recording, "adonet.transaction", (step, transaction.Inner, savepoint, error), static (recording, state) =>
                recording.Update((recording.Active.Ledger, state), static all =>
                {
                    Tell(all.Ledger, all.state.step, all.state.Inner, all.state.savepoint, all.state.error);
                    all.Ledger.Place(all.state.error);
                }));
        }
    }

    /// <summary>Transaction control that went out as SQL text.</summary>
    public void Note(SqlVerb verb)
    {
        switch (verb)
        {
            case SqlVerb.Begin or SqlVerb.UnknownControl: IsOpenByText = true; break;
            case SqlVerb.Commit or SqlVerb.RollBack or SqlVerb.PrepareTransaction:
                IsOpenByText = false;
                _current?.End();
                break;
        }
    }

    /// <summary>A command outside any recording: only whether it leaves a transaction open is kept, for a later recording on this connection.</summary>
    public void NoteUnrecorded(string? sql)
    {
        if (sql is not null && ControlText.IsLikely(sql))
        {
            foreach (SqlStatement statement in SqlTextCache.Read(sql).Statements)
            {
                Note(statement.Verb);
            }
        }
    }

    private static bool IsEnd(TransactionStep step) => step is TransactionStep.Commit or TransactionStep.RollBack or TransactionStep.Dispose;

    private static void Tell(Ledger ledger, TransactionStep step, DbTransaction handle, string? savepoint, Exception? error)
    {
        if (ledger.Of(handle) is not { } open)
        {
            return;
        }

        switch (step)
        {
            case TransactionStep.Dispose: ledger.Abandon(open); break;
            case TransactionStep.Commit or TransactionStep.RollBack when error is not null:
                ledger.EndFailed(open, step == TransactionStep.Commit, error);
                break;
            case TransactionStep.Commit: ledger.Commit(open); break;
            case TransactionStep.RollBack: ledger.RollBack(open); break;
            case var _ when error is not null: open.StatementFailed(ServerVerdict.EffectOf(error, handle)); break;
            case TransactionStep.Save: open.Save(savepoint); break;
            case TransactionStep.RollBackTo: open.RollBackTo(savepoint); break;
            case TransactionStep.Release: open.Release(savepoint); break;
        }
    }
}
