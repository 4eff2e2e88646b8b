using System.Data.Common;
using System.Globalization;

namespace FlightRecorder;

/// <summary>
/// The transactions of one recording that its mutations wait for. Knows no provider: adapters tell it what they observe, by
/// API or by SQL text. Not safe for several threads: used under the recording's lock.
/// </summary>
internal sealed class Ledger
{
    // Of an error more than that nobody remembers whether it was placed: it counts as not placed.
    private const int MaxPlaced = 64;

    private readonly List<LedgerTransaction> _open = [];
    private readonly List<Unread> _unread = [];
    private readonly List<Exception> _placed = [];
    private int _count;

    /// <summary>
    /// Whether a transaction is known to be open, or a write's rows are still being read. May be asked without the lock, by who began the
    /// one in question.
    /// </summary>
    public bool HasOpen => _open.Count > 0 || HasUnread;

    /// <summary>Whether a write's rows may still be being read. May be asked without the lock, as <see cref="HasOpen"/>.</summary>
    public bool HasUnread => _unread.Count > 0;

    /// <summary>The errors of servers so far.</summary>
    public Refusals Refusals { get; private set; }

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
        var begun = new LedgerTransaction(label, scope, handle, this) { Owner = owner };
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
    public void StatementFailedSomewhere()
    {
        _open.ForEach(static open => open.StatementFailed(FailureEffect.Unclear));
        DoubtUnread();
    }

    /// <summary>A server sent an error. What it took down shows when an adapter knows its connection, see <see cref="Place"/>.</summary>
    public void Refused()
    {
        Refusals = Refusals with { Seen = Refusals.Seen + 1 };
        DoubtUnread();
    }

    /// <summary>An adapter knows on which connection an error came, and has told what it did there.</summary>
    /// <param name="error">The error, or one around it; null, or one that no server sent, changes nothing.</param>
    public void Place(Exception? error)
    {
        foreach (Exception refusal in ServerVerdict.RefusalsIn(error))
        {
            if (Refusals.Placed < Refusals.Seen && _placed.Count < MaxPlaced && !_placed.Exists(known => ReferenceEquals(known, refusal)))
            {
                _placed.Add(refusal);
                Refusals = Refusals with { Placed = Refusals.Placed + 1 };
            }
        }
    }

    /// <summary>A write that commits by itself was carried out, but the server may still refuse it while its rows are read.</summary>
    public void Read(object scope, MutationEntry mutation) => _unread.Add(new Unread(scope, mutation));

    /// <summary>The rows of earlier writes over the connection were read to their end.</summary>
    public void HasRead(object scope) => _unread.RemoveAll(unread => Equals(unread.Scope, scope));

    /// <summary>The connection was closed, or its transaction let go of: how it ended was not seen.</summary>
    public void Forget(object scope)
    {
        Abandon(On(scope));
        HasRead(scope);
    }

    /// <summary>
    /// Transaction control that went to the server as SQL text. What had ended unseen before it went was let go of by then: a transaction that
    /// has ended now is the one that the text ended.
    /// </summary>
    public void Run(object scope, SqlStatement statement)
    {
        LedgerTransaction? open = On(scope);
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
        _unread.Clear();
        _placed.Clear();
        _count = 0;
        Refusals = default;
    }

    private void DoubtUnread()
    {
        _unread.ForEach(static unread => unread.Mutation.Outcome = MutationOutcome.Unknown);
        _unread.Clear();
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

    private readonly record struct Unread(object Scope, MutationEntry Mutation);
}
