using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Finds the transaction that a command is about to run in, by every way to know of one.</summary>
internal static class TransactionLookup
{
    /// <summary>The open transaction, or null: then nothing is known of one, and what the command does commits by itself.</summary>
    public static LedgerTransaction? Find(AmbientRecording recording, DbContext? context, DbConnection connection)
    {
        DbTransaction? current = context?.Database.CurrentTransaction?.GetDbTransaction();
        Transaction? ambient = AmbientOf(context);
        Transaction? joined = ambient is not null && AmbientTransactions.Enlists(connection.ConnectionString) ? ambient : null;
        if (joined is not null)
        {
            AmbientTransactions.Follow(recording, joined);
        }

        LedgerTransaction? found = null;
        recording.Update(recording.Active.Ledger, ledger => found = ledger.Live(connection, current)
            ?? (current is not null ? ledger.Begin(connection, current, context) : AmbientTransactions.Find(ledger, joined, ambient is not null)));
        return found;
    }

    /// <summary>A statement failed: that may take the transaction it ran in down.</summary>
    public static void StatementFailed(AmbientRecording recording, DbContext? context, DbConnection connection, Exception? error)
        => recording.Update((recording.Active.Ledger, connection, Ambient: AmbientOf(context), error), static state =>
        {
            LedgerTransaction? transaction = state.Ledger.On(state.connection) ?? (state.Ambient is null ? null : state.Ledger.On(state.Ambient));
            transaction?.StatementFailed(ServerVerdict.EffectOf(state.error, state.connection));
        });

    /// <summary>Whether another context began the transaction and still has it: providers use their objects again for later ones.</summary>
    public static bool IsHeldByOwner(LedgerTransaction? transaction, DbContext? user)
    {
        try
        {
            return transaction?.Owner is DbContext owner && owner != user && owner.Database.CurrentTransaction?.GetDbTransaction() == transaction.Handle;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private static Transaction? AmbientOf(DbContext? context) => context?.Database.GetEnlistedTransaction() ?? Transaction.Current;
}
