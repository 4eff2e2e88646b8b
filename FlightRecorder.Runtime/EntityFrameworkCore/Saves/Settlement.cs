namespace FlightRecorder.EntityFrameworkCore;

/// <summary>What is to be said of the changes of a save or statement: an outcome known now, or the transaction that decides it.</summary>
internal readonly struct Settlement
{
    private readonly LedgerTransaction? _transaction;
    private readonly MutationOutcome _outcome;
    private readonly bool _isDecided;
    private readonly bool _isUnsure;

    private Settlement(LedgerTransaction? transaction, MutationOutcome outcome, bool isDecided, bool isUnsure = false)
    {
        _transaction = transaction;
        _outcome = outcome;
        _isDecided = isDecided;
        _isUnsure = isUnsure;
    }

    /// <summary>Nothing is known of transactions.</summary>
    public static Settlement Unknown { get; } = new(null, MutationOutcome.Unknown, true);

    /// <summary>It went well: committed where no transaction is known to be open, else what becomes of that one.</summary>
    public static Settlement Done(LedgerTransaction? transaction)
        => transaction is null ? new Settlement(null, MutationOutcome.Committed, true) : new Settlement(transaction, MutationOutcome.Unknown, false);

    /// <summary>It failed: rolled back where that is sure; else what becomes of the transaction, or unknown.</summary>
    public static Settlement Failed(LedgerTransaction? transaction, SaveFailure failure)
    {
        bool isUndone = !failure.WasSent || failure.SavepointRolledBack || failure.IsRefusedWhole || transaction?.IsDoomed == true;

        // Its own transaction was let go of without a commit, unless a commit was tried and nobody knows how it went.
        bool isDisposed = failure.EndedItsTransaction && transaction is { IsInDoubt: false, Outcome: not MutationOutcome.Committed };
        return isUndone || isDisposed
            ? new Settlement(transaction, MutationOutcome.RolledBack, true)
            : new Settlement(transaction, MutationOutcome.Unknown, transaction is null, isUnsure: true);
    }

    /// <summary>Nothing of it is left.</summary>
    public bool IsUndone => _isDecided && _outcome == MutationOutcome.RolledBack;

    public void Add(AmbientRecording recording, MutationEntry mutation)
    {
        mutation.Transaction = _transaction?.Label;
        mutation.Outcome = _outcome;
        if (recording.Append(mutation) && !_isDecided)
        {
            recording.Update((this, mutation), static state => state.Item1.Await(state.mutation));
        }
    }

    /// <summary>Says of a change told before what became of a later attempt to make it.</summary>
    public void Again(AmbientRecording recording, MutationEntry mutation)
        => recording.Update((this, mutation), static state =>
        {
            state.mutation.Transaction = state.Item1._transaction?.Label;
            state.mutation.Outcome = state.Item1._outcome;
            if (!state.Item1._isDecided)
            {
                state.Item1.Await(state.mutation);
            }
        });

    /// <summary>Says better what was said of a change before; one that waits for its transaction goes on waiting.</summary>
    public void Change(AmbientRecording recording, MutationEntry mutation)
        => recording.Update((this, mutation), static state =>
        {
            (Settlement settlement, MutationEntry mutation) = state;
            settlement._transaction?.MakeSure(mutation);
            if (settlement._isDecided || settlement._transaction?.IsOpen == false)
            {
                mutation.Outcome = settlement._isDecided ? settlement._outcome : settlement._transaction!.Outcome;
            }
        });

    private void Await(MutationEntry mutation)
    {
        if (_isUnsure)
        {
            _transaction!.AddUnsure(mutation);
        }
        else
        {
            _transaction!.Add(mutation);
        }
    }
}
