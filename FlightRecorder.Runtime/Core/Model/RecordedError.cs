namespace FlightRecorder;

/// <summary>An exception of a recording.</summary>
public sealed record RecordedError
{
    /// <summary>Microseconds since the beginning.</summary>
    public long AtUs { get; init; }

    /// <summary>The exception's full type name.</summary>
    public string Type { get; init; } = "";

    /// <summary>Its message.</summary>
    public string Message { get; init; } = "";

    /// <summary>Its stack trace.</summary>
    public string? Stack { get; init; }

    /// <summary>The exceptions inside it.</summary>
    public IReadOnlyList<RecordedError> Inner { get; init; } = [];

    /// <summary>Whether the app handled it.</summary>
    public bool Handled { get; init; }

    /// <summary>File and line where it was thrown, relative to the repository root, or null.</summary>
    public string? Location { get; init; }
}
