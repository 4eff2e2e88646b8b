namespace FlightRecorder.Tests.EntityFrameworkCore.Recordings;

/// <summary>What a recording held when it ended.</summary>
internal sealed class RecordedOperation(ActiveRecording ended)
{
    public IReadOnlyList<TimelineEntry> Timeline { get; } = ended.Timeline.ToArray();

    public IReadOnlyList<MutationEntry> Mutations { get; } = ended.Mutations.ToArray();

    public IReadOnlyList<GapEntry> Gaps { get; } = ended.Gaps.ToArray();

    /// <summary>The commands, without the entries of mutations.</summary>
    public IReadOnlyList<TimelineEntry> Commands => [.. Timeline.Where(entry => entry.Type is TimelineTypes.Query or TimelineTypes.Command)];

    public string Gap => string.Join('\n', Gaps.Select(gap => gap.What + ": " + gap.Why));

    /// <summary>One line per mutation.</summary>
    public string Text => string.Join('\n', Mutations.Select(MutationText.Of));

    /// <summary>One line per mutation: operation, model, transaction and outcome.</summary>
    public string Outcomes => string.Join('\n', Mutations.Select(m => $"{m.Operation} {m.Model} {m.Transaction ?? "-"} {m.Outcome}"));
}
