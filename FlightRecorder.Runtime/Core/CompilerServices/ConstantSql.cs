using System.ComponentModel;

namespace FlightRecorder.CompilerServices;

/// <summary>A constant SQL text that an assembly hands to its database, as the generator read it. Made by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ConstantSql
{
    /// <summary>A text and what it does.</summary>
    /// <param name="text">As it reaches the command, character by character.</param>
    /// <param name="location">File and line of the call that it is handed to, relative to the repository root; null where that is not the only one.</param>
    /// <param name="statements">Its statements in order.</param>
    public ConstantSql(string text, string? location, params ConstantStatement[] statements)
    {
        Text = text;
        Location = location;
        Statements = statements;
    }

    /// <summary>As it reaches the command, character by character.</summary>
    public string Text { get; }

    /// <summary>File and line of the call that it is handed to, relative to the repository root; null where that is not the only one.</summary>
    public string? Location { get; }

    /// <summary>Its statements in order.</summary>
    public IReadOnlyList<ConstantStatement> Statements { get; }

    /// <summary>Parameters and the columns that they are written to or compared with, by turns: <c>["id", "id", "n", "qty"]</c>.</summary>
    public string[] Columns { get; init; } = [];
}
