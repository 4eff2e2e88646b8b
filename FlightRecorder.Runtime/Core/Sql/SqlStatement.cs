namespace FlightRecorder;

/// <summary>A statement of a SQL text: its verb, and the table (<c>schema.table</c>, as written, without quotes) or savepoint it names.</summary>
internal sealed record SqlStatement(SqlVerb Verb, string? Name = null)
{
    /// <summary>Where it stands in the text, without the semicolon.</summary>
    public SqlSpan Span { get; init; }

    /// <summary>The table of an UPDATE or DELETE as written, with ONLY and its alias.</summary>
    public SqlSpan? Target { get; init; }

    /// <summary>The condition of an UPDATE or DELETE, without the WHERE; null where it has none.</summary>
    public SqlSpan? Where { get; init; }

    /// <summary>
    /// An UPDATE or DELETE of one table, without FROM, USING or common table expressions: a query with the same <see cref="Target"/>
    /// and <see cref="Where"/> finds the rows it is about to touch.
    /// </summary>
    public bool IsSingleTable { get; init; }

    /// <summary>Whether it answers with rows; null where the text does not tell.</summary>
    public bool? ReturnsRows { get; init; }

    /// <summary>A query that calls a function which is not known to be free of side effects.</summary>
    public bool MayChange { get; init; }

    /// <summary>What else the same statement writes: in its common table expressions, or as further tables of a TRUNCATE.</summary>
    public SqlStatement[] Further { get; init; } = [];

    public bool ChangesRows => Verb is >= SqlVerb.Insert and <= SqlVerb.ModifyingSelect;

    public bool ControlsTransaction => Verb >= SqlVerb.Begin;

    public bool IsUnknown => Verb is SqlVerb.Unknown or SqlVerb.UnknownControl;
}
