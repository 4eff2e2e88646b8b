namespace FlightRecorder;

/// <summary>What a SQL statement does, as far as its keywords tell.</summary>
internal enum SqlVerb
{
    /// <summary>A statement that is understood and changes no rows of a table: definitions, settings, cursors.</summary>
    Other,

    /// <summary>Not understood: broken, of another dialect, or beyond this reader. It may have changed anything but a transaction.</summary>
    Unknown,

    /// <summary>A procedure or block is called; what it does is not in the text.</summary>
    Call,
    Select,

    /// <summary>A COPY that only reads.</summary>
    CopyOut,
    Insert,

    /// <summary>An insert that updates the row where there is one.</summary>
    Upsert,
    Update,
    Delete,
    Merge,
    Copy,
    Truncate,

    /// <summary>A table made and filled by a query; the name is the new table's.</summary>
    CreateTableAs,

    /// <summary>A query whose common table expressions change rows.</summary>
    ModifyingSelect,
    Begin,
    Commit,
    RollBack,
    PrepareTransaction,
    Savepoint,
    RollBackTo,
    Release,

    /// <summary>Not understood, with words that begin or end transactions somewhere in the text.</summary>
    UnknownControl,
}
