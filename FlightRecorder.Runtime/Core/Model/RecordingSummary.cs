namespace FlightRecorder;

/// <summary>The head of a recording: enough for a list, and for <see cref="FlightRecorderOptions.OnRecorded"/>.</summary>
public sealed record RecordingSummary
{
    /// <summary>The recording's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Its number within its run.</summary>
    public long Sequence { get; init; }

    /// <summary>What it tells of.</summary>
    public RecordingKind Kind { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, in microseconds.</summary>
    public long DurationUs { get; init; }

    /// <summary>How it ended.</summary>
    public RecordingOutcome Outcome { get; init; }

    /// <summary>Why it was kept.</summary>
    public Triggers Trigger { get; init; }

    /// <summary>The handler's or operation's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The HTTP method, or null outside requests.</summary>
    public string? Method { get; init; }

    /// <summary>The path with redacted route values, or null outside requests.</summary>
    public string? Path { get; init; }

    /// <summary>The route template, or null.</summary>
    public string? Route { get; init; }

    /// <summary>The response status, or null outside requests.</summary>
    public int? Status { get; init; }

    /// <summary>The request id, or null.</summary>
    public string? RequestId { get; init; }

    /// <summary>The trace id, or null.</summary>
    public string? TraceId { get; init; }

    /// <summary>The actor's id, or null.</summary>
    public string? ActorId { get; init; }

    /// <summary>How many mutations it holds.</summary>
    public int Mutations { get; init; }

    /// <summary>The type of its first error, or null.</summary>
    public string? Error { get; init; }
}
