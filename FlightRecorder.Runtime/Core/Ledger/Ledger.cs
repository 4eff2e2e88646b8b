using System.Globalization;

namespace FlightRecorder;

/// <summary>
/// The transactions of one recording that its mutations wait for. Knows no provider: adapters tell it what they observe, by
/// API or by SQL text. Not safe for several threads: used under the recording's lock.
/// </summary>
internal sealed class Ledger
{
    private readonly List<LedgerTransaction> _open = [];
    private int _count;

    /// <summary>The open transaction of a connection or an ambient transaction, or null.</summary>
    public LedgerTransaction? On(object scope) => _open.Find(transaction => Equals(transaction.Scope, scope));

    /// <summary>The open transaction with the provider's own object, or null.</summary>
    public LedgerTransaction? Of(object handle) => _open.Find(transaction => ReferenceEquals(transaction.Handle, handle));

    /// <summary>A transaction begins; one still open on the same scope ended unseen, and so did one with the same object: providers use them again.</summary>
    /// <param name="scope">The connection, or the ambient transaction.</param>
    /// <param name="handle">The provider's own object, or null for one begun by SQL text.</param>
    /// <param name="owner">Who began it, where the adapter needs to know.</param>
    public LedgerTransaction Begin(object scope, object? handle = null, object? owner = null)
    {
        Forget(scope);
        Abandon(handle is null ? null : Of(handle));
        string label = "t" + (++_count).ToString(CultureInfo.InvariantCulture);
        var begun = new LedgerTransaction(label, scope, handle) { Owner = owner };
        _open.Add(begun);
        return begun;
    }

    /// <summary>A transaction of which nothing more will be seen.</summary>
    public LedgerTransaction Unseen()
    {
        LedgerTransaction unseen = Begin(new object());
        Abandon(unseen);
        return unseen;
    }

    public void Commit(LedgerTransaction? transaction) => End(transaction, ended => ended.Commit());

    public void RollBack(LedgerTransaction? transaction) => End(transaction, ended => ended.RollBack());

    public void Abandon(LedgerTransaction? transaction) => End(transaction, ended => ended.Abandon());

    /// <summary>The connection was closed, or its transaction let go of: how it ended was not seen.</summary>
    public void Forget(object scope) => Abandon(On(scope));

    /// <summary>Transaction control that went to the server as SQL text.</summary>
    public void Run(object scope, SqlStatement statement)
    {
        LedgerTransaction? open = On(scope);
        switch (statement.Verb)
        {
            case SqlVerb.Begin when open is null: Begin(scope); break;
            case SqlVerb.Commit: Commit(open); break;
            case SqlVerb.RollBack: RollBack(open); break;
            case SqlVerb.PrepareTransaction: Abandon(open); break;
            case SqlVerb.Savepoint: open?.Save(statement.Name); break;
            case SqlVerb.RollBackTo: open?.RollBackTo(statement.Name); break;
            case SqlVerb.Release: open?.Release(statement.Name); break;
        }
    }

    /// <summary>Forgets everything, for the next recording.</summary>
    public void Clear()
    {
        _open.Clear();
        _count = 0;
    }

    private void End(LedgerTransaction? transaction, Action<LedgerTransaction> end)
    {
        if (transaction is not null && _open.Remove(transaction))
        {
            end(transaction);
        }
    }
}
