namespace FlightRecorder;

/// <summary>A summary while its line is being read.</summary>
internal sealed class SummaryDraft
{
    public long Version { get; set; }

    public long Sequence { get; set; }

    public RecordingKind Kind { get; set; }

    public Guid Id { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public long DurationUs { get; set; }

    public RecordingOutcome Outcome { get; set; }

    public Triggers Trigger { get; set; }

    public string? TraceId { get; set; }

    public string? RequestId { get; set; }

    public string? ActorId { get; set; }

    public string? Name { get; set; }

    public string? Method { get; set; }

    public string? Path { get; set; }

    public string? Route { get; set; }

    public int? Status { get; set; }

    public int Mutations { get; set; }

    public string? Error { get; set; }

    public RecordingSummary ToSummary() => new()
    {
        Id = Id,
        Sequence = Sequence,
        Kind = Kind,
        StartedAt = StartedAt,
        DurationUs = DurationUs,
        Outcome = Outcome,
        Trigger = Trigger,
        Name = Name ?? "",
        Method = Method,
        Path = Path,
        Route = Route,
        Status = Status,
        RequestId = RequestId,
        TraceId = TraceId,
        ActorId = ActorId,
        Mutations = Mutations,
        Error = Error,
    };
}
