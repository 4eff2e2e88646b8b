using System.Text.Json;

namespace FlightRecorder;

/// <summary>A changed row, or a set-based statement, of a recording.</summary>
public sealed record RecordedMutation
{
    /// <summary>Microseconds since the beginning.</summary>
    public long AtUs { get; init; }

    /// <summary>efcore, adonet or manual.</summary>
    public string Source { get; init; } = "";

    /// <summary>The entity's name.</summary>
    public string? Model { get; init; }

    /// <summary>The table's name.</summary>
    public string? Table { get; init; }

    /// <summary>insert, update, delete, upsert, bulkUpdate, bulkDelete, merge, copy or sql.</summary>
    public string Operation { get; init; } = "";

    /// <summary>The key by column; undefined when absent.</summary>
    public JsonElement Key { get; init; }

    /// <summary>The where-clause of a set-based statement.</summary>
    public string? Where { get; init; }

    /// <summary>The SQL text.</summary>
    public string? Sql { get; init; }

    /// <summary>The SQL parameters by name; undefined when absent.</summary>
    public JsonElement Parameters { get; init; }

    /// <summary>The row before, or rows; undefined or null when absent.</summary>
    public JsonElement Before { get; init; }

    /// <summary>The row after, or rows; undefined or null when absent.</summary>
    public JsonElement After { get; init; }

    /// <summary>The members that changed.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>How many rows it touched, or null.</summary>
    public long? Rows { get; init; }

    /// <summary>What became of it.</summary>
    public MutationOutcome Outcome { get; init; }

    /// <summary>Its transaction within the recording.</summary>
    public string? Transaction { get; init; }

    /// <summary>How often it was tried, counted from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>File and line of the call, relative to the repository root.</summary>
    public string? Location { get; init; }
}
