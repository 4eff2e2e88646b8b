namespace FlightRecorder.Generators.Model;

/// <summary>A constant SQL text at one place of the source.</summary>
internal sealed record SqlUseModel
{
    /// <summary>As it reaches the command.</summary>
    public required string Text { get; init; }

    /// <summary>The call that it is handed to, absolute; null where that can't be told, or is not the only one.</summary>
    public required string? Place { get; init; }

    /// <summary>Whether it is handed to a database at all; a text that only stands somewhere makes others of its kind ambiguous.</summary>
    public required bool IsSent { get; init; }
}

/// <summary>A constant SQL text and what it does.</summary>
internal sealed record SqlModel
{
    public required string Text { get; init; }

    /// <summary>The only call that it is handed to, relative to the repository root; or null.</summary>
    public required string? Location { get; init; }

    public required EquatableArray<SqlStatementModel> Statements { get; init; }

    /// <summary>Parameters and their columns, by turns.</summary>
    public required EquatableArray<string> Columns { get; init; }
}

/// <summary>One statement; its parts as the text of a range.</summary>
internal sealed record SqlStatementModel
{
    public required string Verb { get; init; }

    public required string? Name { get; init; }

    public required string Span { get; init; }

    public required string? Target { get; init; }

    public required string? Where { get; init; }

    public required bool IsSingleTable { get; init; }

    public required bool? ReturnsRows { get; init; }

    public required bool MayChange { get; init; }

    public required EquatableArray<SqlStatementModel> Further { get; init; }
}
