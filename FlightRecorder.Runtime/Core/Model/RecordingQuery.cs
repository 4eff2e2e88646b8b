namespace FlightRecorder;

/// <summary>Which recordings to list; conditions that are null do not restrict, all others must hold.</summary>
public sealed record RecordingQuery
{
    /// <summary>At most so many, newest first; 1 to 10 000. Default: 50.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Begun at or after.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Begun before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>A glob over the path, or the exact route template.</summary>
    public string? Route { get; init; }

    /// <summary>The response status.</summary>
    public int? Status { get; init; }

    /// <summary>How it ended.</summary>
    public RecordingOutcome? Outcome { get; init; }

    /// <summary>The request id.</summary>
    public string? RequestId { get; init; }

    /// <summary>The trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The actor's id.</summary>
    public string? ActorId { get; init; }
}
