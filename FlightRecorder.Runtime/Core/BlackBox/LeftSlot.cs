namespace FlightRecorder;

/// <summary>A request or operation whose slot was in use when its process ended.</summary>
internal sealed class LeftSlot
{
    public required Guid Id { get; init; }

    public required RecordingKind Kind { get; init; }

    /// <summary>Whether it had ended: its line may be in the journal.</summary>
    public required bool HasEnded { get; init; }

    /// <summary>Its number, when it had one.</summary>
    public required long? Sequence { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string Method { get; init; }

    public required string? TraceId { get; init; }

    public required string? Name { get; init; }

    public required string? Location { get; init; }

    public required string? Route { get; init; }

    /// <summary>The path, where it differs from the route.</summary>
    public required string? Path { get; init; }

    /// <summary>The latest steps, in order of time.</summary>
    public required IReadOnlyList<LeftStep> Steps { get; init; }

    /// <summary>How many steps there were before them.</summary>
    public required int EarlierSteps { get; init; }
}

/// <summary>A step of a request left behind.</summary>
/// <param name="kind">What it is.</param>
/// <param name="atUs">Microseconds since the beginning.</param>
/// <param name="text">The mark, or the shape of the statement.</param>
internal sealed class LeftStep(SlotStepKind kind, long atUs, string text)
{
    public SlotStepKind Kind => kind;

    public long AtUs => atUs;

    public string Text => text;
}
