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
        Ledger ledger = recording.Active.Ledger;
        LedgerTransaction? found = null;
        bool isNew = false;
        bool enlists = ambient is null || Enlists(connection);
        recording.Update(0, _ =>
        {
            found = OnConnection(ledger, connection, current) ?? (current is null ? null : ledger.Begin(connection, current, context));
            if (found is null && ambient is not null)
            {
                found = enlists ? ledger.On(ambient) : ledger.Unseen();
                isNew = found is null;
                found ??= ledger.Begin(ambient);
            }
        });

        if (isNew)
        {
            Follow(recording, ambient!);
        }

        return found;
    }

    /// <summary>A statement failed: that may take the transaction it ran in down.</summary>
    public static void StatementFailed(AmbientRecording recording, DbContext? context, DbConnection connection)
        => recording.Update((recording.Active.Ledger, connection, Ambient: AmbientOf(context)), static state =>
        {
            LedgerTransaction? transaction = state.Ledger.On(state.connection) ?? (state.Ambient is null ? null : state.Ledger.On(state.Ambient));
            transaction?.StatementFailed(EffectOf(state.connection));
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

    private static FailureEffect EffectOf(DbConnection connection)
        => connection.GetType().Namespace == "Npgsql" ? FailureEffect.Dooms : FailureEffect.Unclear;

    // A commit of an external transaction, and a dispose without one, raise no event: a finished one is let go of here.
    private static LedgerTransaction? OnConnection(Ledger ledger, DbConnection connection, DbTransaction? current)
    {
        LedgerTransaction? open = ledger.On(connection);
        if (open?.Handle is DbTransaction transaction && (IsFinished(transaction) || (current is not null && current != transaction)))
        {
            ledger.Abandon(open);
            return null;
        }

        return open;
    }

    // Npgsql and SqlClient refuse to tell the isolation level of a finished transaction; others let go of its connection.
    private static bool IsFinished(DbTransaction transaction)
    {
        try
        {
            _ = transaction.IsolationLevel;
            return transaction.Connection is null;
        }
        catch (Exception error) when (error is ObjectDisposedException or InvalidOperationException)
        {
            return true;
        }
    }

    private static bool Enlists(DbConnection connection)
    {
        var settings = new DbConnectionStringBuilder { ConnectionString = connection.ConnectionString };
        return !settings.TryGetValue("Enlist", out object? enlist) || !string.Equals(enlist?.ToString(), "false", StringComparison.OrdinalIgnoreCase);
    }

    private static void Follow(AmbientRecording recording, Transaction ambient)
        => ambient.TransactionCompleted += (_, completed) => Guarded.Run(recording, "scope", completed.Transaction, static (recording, ended) =>
        {
            if (ended is not null)
            {
                TransactionStatus status = ended.TransactionInformation.Status;
                recording.Update((recording.Active.Ledger, ended, status), static state => Settle(state.Ledger, state.ended, state.status));
            }
        });

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
