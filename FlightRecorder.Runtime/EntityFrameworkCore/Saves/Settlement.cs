namespace FlightRecorder.EntityFrameworkCore;

/// <summary>What is to be said of the changes of a save or statement: an outcome known now, or the transaction that decides it.</summary>
internal readonly struct Settlement
{
    private readonly LedgerTransaction? _transaction;
    private readonly MutationOutcome _outcome;
    private readonly bool _isDecided;

    private Settlement(LedgerTransaction? transaction, MutationOutcome outcome, bool isDecided)
    {
        _transaction = transaction;
        _outcome = outcome;
        _isDecided = isDecided;
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
            : new Settlement(transaction, MutationOutcome.Unknown, transaction is null);
    }

    public void Add(AmbientRecording recording, MutationEntry mutation)
    {
        mutation.Transaction = _transaction?.Label;
        mutation.Outcome = _outcome;
        if (recording.Append(mutation) && !_isDecided)
        {
            recording.Update((_transaction, mutation), static state => state._transaction?.Add(state.mutation));
        }
    }

    /// <summary>Says better what was said of a change before; one that waits for its transaction goes on waiting.</summary>
    public void Change(AmbientRecording recording, MutationEntry mutation)
    {
        if (_isDecided || _transaction?.IsOpen == false)
        {
            MutationOutcome outcome = _isDecided ? _outcome : _transaction!.Outcome;
            recording.Update((mutation, outcome), static state => state.mutation.Outcome = state.outcome);
        }
    }
}
