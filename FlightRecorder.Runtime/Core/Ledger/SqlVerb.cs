namespace FlightRecorder;

/// <summary>What a SQL statement does, as far as its keywords tell.</summary>
internal enum SqlVerb
{
    Other,

    /// <summary>A procedure or block is called; what it does is not in the text.</summary>
    Call,
    Select,
    Insert,

    /// <summary>An insert that updates the row where there is one.</summary>
    Upsert,
    Update,
    Delete,
    Merge,
    Copy,
    Truncate,

    /// <summary>A query whose common table expressions change rows.</summary>
    ModifyingSelect,
    Begin,
    Commit,
    RollBack,
    PrepareTransaction,
    Savepoint,
    RollBackTo,
    Release,
}

/// <summary>A statement of a SQL text: its verb, and the table or savepoint it names.</summary>
internal readonly record struct SqlStatement(SqlVerb Verb, string? Name = null)
{
    public bool ChangesRows => Verb is >= SqlVerb.Insert and <= SqlVerb.ModifyingSelect;

    public bool ControlsTransaction => Verb >= SqlVerb.Begin;
}
