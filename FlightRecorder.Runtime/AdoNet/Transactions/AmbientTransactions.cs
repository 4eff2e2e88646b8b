using System.Data.Common;
using System.Transactions;

namespace FlightRecorder.AdoNet;

/// <summary>Transactions of <c>TransactionScope</c> and the like, which end away from the connection.</summary>
internal static class AmbientTransactions
{
    public static bool IsActive(Transaction? transaction)
    {
        try
        {
            return transaction is not null && transaction.TransactionInformation.Status == TransactionStatus.Active;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Whether a connection joins the ambient transaction when it opens; they do unless told otherwise.</summary>
    public static bool Enlists(string connectionString)
    {
        var settings = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return !settings.TryGetValue("Enlist", out object? enlist)
            || (enlist?.ToString() is { } word && (word.Equals("true", StringComparison.OrdinalIgnoreCase) || word.Equals("yes", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The ledger's transaction for an ambient one; begun, and followed to its end, when it is the first time.</summary>
    /// <remarks>Called under the recording's lock.</remarks>
    public static LedgerTransaction Find(AmbientRecording recording, Transaction ambient)
    {
        Ledger ledger = recording.Active.Ledger;
        if (ledger.On(ambient) is { } known)
        {
            return known;
        }

        LedgerTransaction begun = ledger.Begin(ambient);
        ambient.TransactionCompleted += (_, completed) => Guarded.Run(recording, "scope", completed.Transaction, static (recording, ended) =>
        {
            if (ended is not null)
            {
                TransactionStatus status = ended.TransactionInformation.Status;
                recording.Update((recording.Active.Ledger, ended, status), static state => Settle(state.Ledger, state.ended, state.status));
            }
        });
        return begun;
    }

    private static void Settle(Ledger ledger, Transaction ended, TransactionStatus status)
    {
        LedgerTransaction? open = ledger.On(ended);
        switch (status)
        {
            case TransactionStatus.Committed: ledger.Commit(open); break;
            case TransactionStatus.Aborted: ledger.RollBack(open); break;
            default: ledger.Abandon(open); break;
        }
    }
}
