using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Finds the transaction that a command is about to run in, by every way to know of one.</summary>
internal static class TransactionLookup
{
    /// <summary>The open transaction, or null: then nothing is known of one, and what the command does commits by itself.</summary>
    public static LedgerTransaction? Find(AmbientRecording recording, DbContext? context, DbConnection connection)
    {
        // Not by context.Database: the first use of that makes services that a save has no need of.
        IRelationalConnection? own = context?.GetService<IRelationalConnection>();
        DbTransaction? current = own?.CurrentTransaction?.GetDbTransaction();
        Transaction? ambient = Enlisted(own) ?? Transaction.Current;
        if (current is null && ambient is null && !recording.Active.Ledger.HasOpen)
        {
            return null;
        }

        Transaction? joined = ambient is not null && AmbientTransactions.Enlists(connection.ConnectionString) ? ambient : null;
        if (joined is not null)
        {
            AmbientTransactions.Follow(recording, joined);
        }

        var lookup = new Lookup(connection, current, context, joined, IsUnderAmbient: ambient is not null);
        recording.Update((recording.Active.Ledger, lookup), static state => state.lookup.Run(state.Ledger));
        return lookup.Found;
    }

    /// <summary>A statement failed: that may take the transaction it ran in down.</summary>
    public static void StatementFailed(AmbientRecording recording, DbContext? context, DbConnection connection, Exception? error)
        => recording.Update((recording.Active.Ledger, connection, Ambient: AmbientOf(context), error), static state =>
        {
            LedgerTransaction? transaction = state.Ledger.On(state.connection) ?? (state.Ambient is null ? null : state.Ledger.On(state.Ambient));
            transaction?.StatementFailed(ServerVerdict.EffectOf(state.error, state.connection));
            state.Ledger.Place(state.error);
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

    private static Transaction? AmbientOf(DbContext? context) => Enlisted(context?.GetService<IRelationalConnection>()) ?? Transaction.Current;

    private static Transaction? Enlisted(IRelationalConnection? connection) => (connection as ITransactionEnlistmentManager)?.EnlistedTransaction;

    private sealed record Lookup(DbConnection Connection, DbTransaction? Current, DbContext? Context, Transaction? Joined, bool IsUnderAmbient)
    {
        public LedgerTransaction? Found { get; private set; }

        public void Run(Ledger ledger) => Found = ledger.Live(Connection, Current)
            ?? (Current is not null ? ledger.Begin(Connection, Current, Context) : AmbientTransactions.Find(ledger, Joined, IsUnderAmbient));
    }
}
