namespace FlightRecorder;

/// <summary>Everything known of one request or background operation, as read back from a store. Members absent from the line have their defaults.</summary>
public sealed record Recording
{
    /// <summary>The recording's id, a UUID version 7.</summary>
    public Guid Id { get; init; }

    /// <summary>The process run it comes from, 16 hexadecimal digits.</summary>
    public string Run { get; init; } = "";

    /// <summary>Its number within the run, counted from 1; a missing number is a lost recording.</summary>
    public long Sequence { get; init; }

    /// <summary>What the line tells of.</summary>
    public RecordingKind Kind { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, in microseconds.</summary>
    public long DurationUs { get; init; }

    /// <summary>How it ended.</summary>
    public RecordingOutcome Outcome { get; init; }

    /// <summary>Why it was kept.</summary>
    public Triggers Trigger { get; init; }

    /// <summary>The application it comes from.</summary>
    public RecordedApp App { get; init; } = new();

    /// <summary>The fixed facts of the options.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The W3C trace id, or null.</summary>
    public string? TraceId { get; init; }

    /// <summary>The span id of the request, or null.</summary>
    public string? SpanId { get; init; }

    /// <summary>The span id of the caller, or null.</summary>
    public string? ParentSpanId { get; init; }

    /// <summary>The recording this one continues, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>The request id, or null.</summary>
    public string? RequestId { get; init; }

    /// <summary>Who made the request, or null.</summary>
    public RequestActor? Actor { get; init; }

    /// <summary>The handler, or null outside requests.</summary>
    public RecordedEndpoint? Endpoint { get; init; }

    /// <summary>The types it is about, with the places where they are declared; those of other assemblies are not listed.</summary>
    public IReadOnlyList<RecordedSource> Sources { get; init; } = [];

    /// <summary>The request, or null outside requests.</summary>
    public RecordedRequest? Request { get; init; }

    /// <summary>The response, or null outside requests.</summary>
    public RecordedResponse? Response { get; init; }

    /// <summary>The timed steps, in order.</summary>
    public IReadOnlyList<RecordedEntry> Timeline { get; init; } = [];

    /// <summary>The rows changed, or tried to change, in order.</summary>
    public IReadOnlyList<RecordedMutation> Mutations { get; init; } = [];

    /// <summary>The exceptions, in order.</summary>
    public IReadOnlyList<RecordedError> Errors { get; init; } = [];

    /// <summary>What could not be captured.</summary>
    public IReadOnlyList<RecordedGap> Gaps { get; init; } = [];

    /// <summary>The prompt, only when it was stored.</summary>
    public string? Prompt { get; init; }

    /// <summary>The line it was read from, without the line feed; empty when it comes from elsewhere.</summary>
    public ReadOnlyMemory<byte> Line { get; init; }
}
