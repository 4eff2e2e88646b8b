namespace FlightRecorder;

/// <summary>
/// A transaction as far as it was observed: the mutations made in it, in order, and its savepoints. Settles their outcome when
/// its end is seen. Not safe for several threads: used under the recording's lock.
/// </summary>
/// <param name="label">How the recording calls it: t1, t2 …</param>
/// <param name="scope">What a later statement finds it by: the connection, or the ambient transaction.</param>
/// <param name="handle">The provider's own object, or null for one begun by SQL text.</param>
/// <param name="ledger">Whose it is.</param>
internal sealed class LedgerTransaction(string label, object scope, object? handle, Ledger ledger)
{
    /// <summary>Stands for the name of a savepoint that only who made it goes back to.</summary>
    public const string OwnSavepoint = "";

    private readonly List<MutationEntry> _pending = [];
    private readonly List<MutationEntry> _doubtful = [];
    private readonly List<Savepoint> _savepoints = [];
    private HashSet<MutationEntry>? _unsure;
    private FailureEffect _damage = FailureEffect.None;

    // Since when an error of a server that nobody can place may have been its own.
    private Refusals _since = ledger.Refusals;

    public string Label { get; } = label;

    public object Scope { get; } = scope;

    public object? Handle { get; } = handle;

    /// <summary>Who began it, where the adapter needs to know.</summary>
    public object? Owner { get; init; }

    public bool IsOpen { get; private set; } = true;

    /// <summary>Whether a failed statement took everything in it down, unless it goes back to a savepoint.</summary>
    public bool IsDoomed => _damage == FailureEffect.Dooms;

    /// <summary>Its end was tried, and nobody knows how it went.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>Unknown while it is open, and for ever when its end was not seen.</summary>
    public MutationOutcome Outcome { get; private set; }

    /// <summary>Adds a change made in it; one that arrives after the end takes the outcome at once.</summary>
    public void Add(MutationEntry mutation)
    {
        mutation.Transaction = Label;
        if (IsOpen)
        {
            _pending.Add(mutation);
        }
        else
        {
            mutation.Outcome = Outcome;
        }
    }

    /// <summary>Adds a change that failed on the way: it may have been done or not, and is never called committed.</summary>
    public void AddUnsure(MutationEntry mutation)
    {
        Add(mutation);
        (_unsure ??= []).Add(mutation);
        if (Outcome == MutationOutcome.Committed)
        {
            mutation.Outcome = MutationOutcome.Unknown;
        }
    }

    /// <summary>A change that seemed to have failed was done after all.</summary>
    public void MakeSure(MutationEntry mutation) => _unsure?.Remove(mutation);

    /// <summary>A statement in it failed.</summary>
    /// <param name="effect">What that does to the transaction on this provider.</param>
    public void StatementFailed(FailureEffect effect) => _damage = effect > _damage ? effect : _damage;

    /// <summary>
    /// A statement in it went through: if an earlier one had taken it down, somebody went back to a savepoint since, and nobody saw how far.
    /// </summary>
    public void StatementSucceeded() => _damage = _damage == FailureEffect.Dooms ? FailureEffect.Unclear : _damage;

    /// <param name="name">Null where the provider does not tell.</param>
    public void Save(string? name) => _savepoints.Add(new Savepoint(name, _pending.Count));

    /// <summary>A rollback to a savepoint: what came after it is undone, and the transaction is sound again.</summary>
    /// <param name="name">Null where the provider does not tell: then only what came after the last savepoint is surely undone.</param>
    public void RollBackTo(string? name)
    {
        int surely = _savepoints.Count - 1;
        int possibly = Find(name);
        if (possibly >= 0)
        {
            surely = possibly;
            _savepoints.RemoveRange(surely + 1, _savepoints.Count - surely - 1);
        }

        Undo(surely < 0 ? _pending.Count : _savepoints[surely].Position);
        if (possibly < 0)
        {
            Doubt(_savepoints.Count == 0 ? 0 : _savepoints[0].Position);
        }

        _damage = FailureEffect.None;
        _since = ledger.Refusals;
    }

    /// <param name="name">Null where the provider does not tell: the last one.</param>
    public void Release(string? name)
    {
        int index = name is null ? _savepoints.Count - 1 : Find(name);
        if (index >= 0)
        {
            _savepoints.RemoveRange(index, _savepoints.Count - index);
        }
    }

    /// <summary>A commit that the provider reported as done.</summary>
    public void Commit() => End(_damage switch
    {
        FailureEffect.None when !ledger.Refusals.HasStraySince(_since) => MutationOutcome.Committed,
        FailureEffect.Dooms => MutationOutcome.RolledBack,
        _ => MutationOutcome.Unknown,
    });

    public void RollBack() => End(MutationOutcome.RolledBack);

    /// <summary>It ended, but how was not seen.</summary>
    public void Abandon() => End(MutationOutcome.Unknown);

    /// <summary>Its end was tried and failed on the way; one that was taken down before has no good end.</summary>
    public void EndInDoubt()
    {
        IsInDoubt = !IsDoomed;
        End(IsDoomed ? MutationOutcome.RolledBack : MutationOutcome.Unknown);
    }

    private void End(MutationOutcome outcome)
    {
        IsOpen = false;
        Outcome = outcome;
        foreach (MutationEntry mutation in _pending)
        {
            bool isUnsure = outcome == MutationOutcome.Committed && _unsure?.Contains(mutation) == true;
            mutation.Outcome = isUnsure ? MutationOutcome.Unknown : outcome;
        }

        if (outcome == MutationOutcome.RolledBack)
        {
            _doubtful.ForEach(mutation => mutation.Outcome = outcome);
        }
    }

    // The last one that may be meant is, if it surely has that name or is the only one.
    private int Find(string? name)
    {
        int last = _savepoints.FindLastIndex(savepoint => MayBe(savepoint.Name, name));
        bool isSure = last >= 0 && ((name is not null && _savepoints[last].Name is not null) || _savepoints.Count(savepoint => MayBe(savepoint.Name, name)) == 1);
        return isSure ? last : -1;
    }

    private static bool MayBe(string? made, string? meant)
        => made == OwnSavepoint || meant == OwnSavepoint ? made == meant
            : made is null || meant is null || made.Equals(meant, StringComparison.OrdinalIgnoreCase);

    private void Undo(int from)
    {
        for (int i = from; i < _pending.Count; i++)
        {
            _pending[i].Outcome = MutationOutcome.RolledBack;
        }

        _pending.RemoveRange(from, _pending.Count - from);
    }

    // What may or may not have been undone: never called committed.
    private void Doubt(int from)
    {
        _doubtful.AddRange(_pending[from..]);
        _pending.RemoveRange(from, _pending.Count - from);
        for (int i = 0; i < _savepoints.Count; i++)
        {
            _savepoints[i] = _savepoints[i] with { Position = Math.Min(_savepoints[i].Position, _pending.Count) };
        }
    }

    private readonly record struct Savepoint(string? Name, int Position);
}
