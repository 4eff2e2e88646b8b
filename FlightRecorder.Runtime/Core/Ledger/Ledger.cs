using System.Data.Common;
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

    /// <summary>Whether a transaction is known to be open. May be asked without the lock, by who began the one in question.</summary>
    public bool HasOpen => _open.Count > 0;

    /// <summary>The open transaction of a connection or an ambient transaction, or null.</summary>
    public LedgerTransaction? On(object scope) => _open.Find(transaction => Equals(transaction.Scope, scope));

    /// <summary>The open transaction of a connection, or null; one whose end raised no event is let go of: it ended unseen.</summary>
    /// <param name="scope">The connection.</param>
    /// <param name="current">The provider's transaction that is surely the open one, where that is known.</param>
    public LedgerTransaction? Live(object scope, DbTransaction? current = null)
    {
        LedgerTransaction? open = On(scope);
        if (open?.Handle is DbTransaction handle && (ProviderTransactions.IsFinished(handle) || (current is not null && current != handle)))
        {
            Abandon(open);
            return null;
        }

        return open;
    }

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

    /// <summary>An end that failed: a commit that the server refused undid the work; any other may have been done or not.</summary>
    public void EndFailed(LedgerTransaction? transaction, bool isCommit, Exception? error)
    {
        if (isCommit && ServerVerdict.IsRefusal(error))
        {
            RollBack(transaction);
        }
        else
        {
            End(transaction, static ended => ended.EndInDoubt());
        }
    }

    /// <summary>A statement failed, and nobody tells on which connection: what is open may have been taken down.</summary>
    public void StatementFailedSomewhere() => _open.ForEach(static open => open.StatementFailed(FailureEffect.Unclear));

    /// <summary>The connection was closed, or its transaction let go of: how it ended was not seen.</summary>
    public void Forget(object scope) => Abandon(On(scope));

    /// <summary>Transaction control that went to the server as SQL text.</summary>
    public void Run(object scope, SqlStatement statement)
    {
        LedgerTransaction? open = Live(scope);
        switch (statement.Verb)
        {
            case SqlVerb.Begin when open is null: Begin(scope); break;
            case SqlVerb.UnknownControl: Doubt(scope, open); break;
            case SqlVerb.Commit: Commit(open); break;
            case SqlVerb.RollBack: RollBack(open); break;
            case SqlVerb.PrepareTransaction: Abandon(open); break;
            case SqlVerb.Savepoint: open?.Save(statement.Name); break;
            case SqlVerb.RollBackTo: open?.RollBackTo(statement.Name); break;
            case SqlVerb.Release: open?.Release(statement.Name); break;
        }
    }

    /// <summary>A text with transaction control failed.</summary>
    /// <param name="scope">The connection it went over.</param>
    /// <param name="open">The transaction that was open before, or null.</param>
    /// <param name="alone">What it does; null for several statements, of which nobody knows how many were carried out.</param>
    /// <param name="error">How it failed; null for a cancellation.</param>
    /// <param name="effect">What a failed statement does to its transaction on this provider.</param>
    public void RunFailed(object scope, LedgerTransaction? open, SqlVerb? alone, Exception? error, FailureEffect effect)
    {
        if (ServerVerdict.SaysNoTransaction(error))
        {
            Abandon(open);
            return;
        }

        switch (alone)
        {
            case null or SqlVerb.UnknownControl: Doubt(scope, open); break;
            case SqlVerb.Begin: break;
            case SqlVerb.Commit or SqlVerb.RollBack or SqlVerb.PrepareTransaction: EndFailed(open, alone == SqlVerb.Commit, error); break;
            default: open?.StatementFailed(effect); break;
        }
    }

    /// <summary>Forgets everything, for the next recording.</summary>
    public void Clear()
    {
        _open.Clear();
        _count = 0;
    }

    // What was open ended unseen, and something may be open.
    private void Doubt(object scope, LedgerTransaction? open)
    {
        Abandon(open);
        Begin(scope).StatementFailed(FailureEffect.Unclear);
    }

    private void End(LedgerTransaction? transaction, Action<LedgerTransaction> end)
    {
        if (transaction is not null && _open.Remove(transaction))
        {
            end(transaction);
        }
    }
}
