using System.Text.Json;

namespace FlightRecorder;

/// <summary>A timed step of a recording.</summary>
public sealed record RecordedEntry
{
    /// <summary>Microseconds since the beginning.</summary>
    public long AtUs { get; init; }

    /// <summary>Its type, such as <c>db.query</c> or <c>mark</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>A word on it.</summary>
    public string? Detail { get; init; }

    /// <summary>The SQL text.</summary>
    public string? Sql { get; init; }

    /// <summary>The SQL parameters by name; undefined when absent.</summary>
    public JsonElement Parameters { get; init; }

    /// <summary>Further data; undefined when absent.</summary>
    public JsonElement Data { get; init; }

    /// <summary>File and line of the call, relative to the repository root.</summary>
    public string? Location { get; init; }

    /// <summary>A status code, or null.</summary>
    public int? Status { get; init; }

    /// <summary>Its duration in microseconds, or null.</summary>
    public long? DurationUs { get; init; }

    /// <summary>How many rows it returned or changed, or null.</summary>
    public long? Rows { get; init; }

    /// <summary>What went wrong, or null.</summary>
    public string? Error { get; init; }
}
