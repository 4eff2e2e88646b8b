using System.Data.Common;
using System.Transactions;

namespace FlightRecorder.AdoNet;

/// <summary>Where a command is about to run: what later finds its transaction.</summary>
/// <param name="Scope">The provider's connection; the execution's own object where the data source picks one.</param>
/// <param name="Known">What the decorated connection knows, or null.</param>
/// <param name="Given">The provider's transaction that the app gave to the command, or null.</param>
/// <param name="Joined">The ambient transaction that it surely runs in, or null.</param>
/// <param name="IsUnderAmbient">There is an ambient transaction, whether the connection takes part or not.</param>
internal sealed record ExecutionPlace(object Scope, ConnectionTransactions? Known, DbTransaction? Given, Transaction? Joined, bool IsUnderAmbient)
{
    /// <summary>The data source picks a connection for this one run.</summary>
    public bool IsOneShot => Scope is not DbConnection;

    public static ExecutionPlace On(DbConnection? provider, ConnectionTransactions? known, DbTransaction? given)
        => new(provider ?? new object(), known, given, known?.Joined, Transaction.Current is not null);

    /// <summary>A connection of the data source's choice, opened for this run: it joins an ambient transaction unless told not to.</summary>
    public static ExecutionPlace OnDataSource(string connectionString)
    {
        Transaction? ambient = Transaction.Current;
        Transaction? joined = ambient is not null && AmbientTransactions.Enlists(connectionString) ? ambient : null;
        return new ExecutionPlace(new object(), null, null, joined, ambient is not null);
    }

    /// <summary>The transaction it runs in, or null: then nothing is known of one, and what it does commits by itself.</summary>
    /// <param name="ledger">The recording's, used under its lock; knows of <see cref="Joined"/> already.</param>
    public LedgerTransaction? Find(Ledger ledger)
        => ledger.Live(Scope) ?? Begun(ledger) ?? AmbientTransactions.Find(ledger, Joined, IsUnderAmbient);

    private LedgerTransaction? Begun(Ledger ledger)
        => IsOpen(Known?.Current?.Inner) ? ledger.Begin(Scope, Known!.Current!.Inner)
            : IsOpen(Given) ? ledger.Begin(Scope, Given)
            : Known is { IsOpenByText: true } ? ledger.Begin(Scope)
            : null;

    private static bool IsOpen(DbTransaction? transaction) => transaction is not null && !ProviderTransactions.IsFinished(transaction);
}
