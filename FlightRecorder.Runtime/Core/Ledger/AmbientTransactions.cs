using System.Data.Common;
using System.Transactions;

namespace FlightRecorder;

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

    /// <summary>
    /// Has the ledger know of an ambient transaction, and of its end. Never called under the recording's lock: a transaction tells
    /// of its end under a lock of its own, which subscribing takes too.
    /// </summary>
    public static void Follow(AmbientRecording recording, Transaction ambient)
    {
        bool isNew = false;
        recording.Update(recording.Active.Ledger, ledger =>
        {
            isNew = ledger.On(ambient) is null;
            if (isNew)
            {
                ledger.Begin(ambient);
            }
        });

        if (isNew)
        {
            ambient.TransactionCompleted += (_, completed) => Guarded.Run(recording, "scope", completed.Transaction, static (recording, ended) => Settle(recording, ended));
        }
    }

    /// <summary>The ledger's transaction for work under an ambient one; null where there is none.</summary>
    /// <param name="ledger">The ledger; used under the recording's lock.</param>
    /// <param name="joined">The ambient transaction that the work surely belongs to, followed before; or null.</param>
    /// <param name="isUnderAmbient">There is one, whether the work belongs to it or not.</param>
    public static LedgerTransaction? Find(Ledger ledger, Transaction? joined, bool isUnderAmbient)
        => joined is not null && ledger.On(joined) is { } known ? known
            : isUnderAmbient ? ledger.Unseen()
            : null;

    private static void Settle(AmbientRecording recording, Transaction? ended)
    {
        if (ended is null)
        {
            return;
        }

        TransactionStatus status = ended.TransactionInformation.Status;
        recording.Update((recording.Active.Ledger, ended, status), static state =>
        {
            LedgerTransaction? open = state.Ledger.On(state.ended);
            switch (state.status)
            {
                case TransactionStatus.Committed: state.Ledger.Commit(open); break;
                case TransactionStatus.Aborted: state.Ledger.RollBack(open); break;
                default: state.Ledger.Abandon(open); break;
            }
        });
    }
}
