namespace FlightRecorder;

/// <summary>Which closed segments go: those past their age, then the oldest until the rest fits. Pure.</summary>
internal static class RetentionPolicy
{
    /// <param name="closed">The segments that may go.</param>
    /// <param name="budget">How many bytes the segments may take together.</param>
    /// <param name="keepSince">Segments written last before this are past their age.</param>
    public static IReadOnlyList<SegmentFile> Expired(IEnumerable<SegmentFile> closed, long budget, DateTimeOffset keepSince)
    {
        List<(SegmentFile File, DateTimeOffset Age)> oldestFirst = OldestFirst(closed);
        long total = oldestFirst.Sum(segment => segment.File.Bytes);
        var expired = new List<SegmentFile>();
        foreach ((SegmentFile file, DateTimeOffset age) in oldestFirst)
        {
            if (age < keepSince || total > budget)
            {
                expired.Add(file);
                total -= file.Bytes;
            }
        }

        return expired;
    }

    // The clock may have been put back during a run; its ordinals never go back. So a segment is as young as the youngest before it.
    private static List<(SegmentFile File, DateTimeOffset Age)> OldestFirst(IEnumerable<SegmentFile> closed)
    {
        var aged = new List<(SegmentFile File, DateTimeOffset Age)>();
        foreach (IGrouping<string, SegmentFile> series in closed.GroupBy(file => file.Name.Series, StringComparer.Ordinal))
        {
            DateTimeOffset youngest = DateTimeOffset.MinValue;
            foreach (SegmentFile file in series.OrderBy(file => file.Name.Ordinal))
            {
                youngest = file.LastWrite > youngest ? file.LastWrite : youngest;
                aged.Add((file, youngest));
            }
        }

        aged.Sort((x, y) => (x.Age, x.File.Name.Series, x.File.Name.Ordinal).CompareTo((y.Age, y.File.Name.Series, y.File.Name.Ordinal)));
        return aged;
    }
}
