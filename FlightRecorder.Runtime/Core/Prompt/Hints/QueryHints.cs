namespace FlightRecorder.Prompts;

/// <summary>Failed, slow and repeated steps.</summary>
internal static class QueryHints
{
    private const long SlowUs = 500_000;
    private const int ManyTimes = 5;

    public static IEnumerable<string> Find(PromptCase @case)
    {
        IReadOnlyList<RecordedEntry> timeline = @case.Recording.Timeline;
        int[] failed = HintRules.Where(timeline, entry => entry.Error is not null && entry.Sql is not null);
        if (failed.Length > 0)
        {
            yield return $"{HintRules.Labels('T', failed)} failed: check the statement against its parameters.";
        }

        int[] slow = HintRules.Where(timeline, entry => entry.DurationUs >= SlowUs && entry.Type != TimelineTypes.ResponseSent);
        if (slow.Length > 0)
        {
            yield return $"{HintRules.Labels('T', slow)} took half a second or more: look at the plan, at locks, and at work that belongs in a job.";
        }

        if (Repeated(timeline) is { } repeated)
        {
            yield return $"{Measure.Label('T', repeated.First)} ran {Measure.Count(repeated.Times, "time")} with the same text: load the rows at once.";
        }
    }

    private static (int First, int Times)? Repeated(IReadOnlyList<RecordedEntry> timeline)
    {
        var most = timeline.Select((entry, index) => (entry.Sql, Index: index))
            .Where(step => step.Sql is not null)
            .GroupBy(step => step.Sql, StringComparer.Ordinal)
            .MaxBy(group => group.Count());
        return most?.Count() >= ManyTimes ? (most.First().Index, most.Count()) : null;
    }
}
