namespace FlightRecorder.Tests.AdoNet.Support;

/// <summary>The entries of a recording that has ended.</summary>
internal sealed class Taken(ActiveRecording recording)
{
    public TimelineEntry[] Timeline { get; } = recording.Timeline.ToArray();

    public MutationEntry[] Mutations { get; } = recording.Mutations.ToArray();

    public GapEntry[] Gaps { get; } = recording.Gaps.ToArray();

    /// <summary>The entries of commands, without those of mutations.</summary>
    public TimelineEntry[] Commands => [.. Timeline.Where(entry => entry.Type is TimelineTypes.Query or TimelineTypes.Command)];

    /// <summary>The mutations as <c>operation table outcome</c>.</summary>
    public string[] Outcomes => [.. Mutations.Select(mutation => $"{mutation.Operation} {mutation.Table} {mutation.Outcome}")];
}
