using System.ComponentModel;

namespace FlightRecorder.CompilerServices;

/// <summary>One statement of a <see cref="ConstantSql"/>; the ranges are parts of its text. Made by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ConstantStatement
{
    /// <summary>What it does and to which table.</summary>
    /// <param name="verb">Its verb, as the reader of SQL calls it.</param>
    /// <param name="name">The table or savepoint; null where it names none.</param>
    /// <param name="span">Where it stands in the text.</param>
    public ConstantStatement(string verb, string? name, Range span)
    {
        Verb = verb;
        Name = name;
        Span = span;
    }

    /// <summary>Its verb, as the reader of SQL calls it.</summary>
    public string Verb { get; }

    /// <summary>The table or savepoint; null where it names none.</summary>
    public string? Name { get; }

    /// <summary>Where it stands in the text.</summary>
    public Range Span { get; }

    /// <summary>The table of an UPDATE or DELETE with its alias; null for others.</summary>
    public Range? Target { get; init; }

    /// <summary>The condition of an UPDATE or DELETE; null where it has none.</summary>
    public Range? Where { get; init; }

    /// <summary>An UPDATE or DELETE of one table alone.</summary>
    public bool IsSingleTable { get; init; }

    /// <summary>Whether it answers with rows; null where the text does not tell.</summary>
    public bool? ReturnsRows { get; init; }

    /// <summary>A query that calls a function which is not known to be free of side effects.</summary>
    public bool MayChange { get; init; }

    /// <summary>What else it writes.</summary>
    public ConstantStatement[] Further { get; init; } = [];
}
