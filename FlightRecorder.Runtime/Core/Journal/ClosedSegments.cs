namespace FlightRecorder;

/// <summary>Which segments nobody writes any more.</summary>
internal static class ClosedSegments
{
    /// <param name="segments">Those of a directory; files that the recorder does not name so are never among the result.</param>
    /// <param name="files">Tells which are in use.</param>
    /// <param name="open">The path of the segment this process writes, or null.</param>
    public static List<SegmentFile> Of(IEnumerable<SegmentFile> segments, IJournalFiles files, string? open = null)
    {
        // Of another run only the last segment can be open; asking takes its lock for a moment, so the others are not asked.
        var closed = new List<SegmentFile>();
        foreach (IGrouping<string, SegmentFile> series in segments.Where(file => file.Name.IsOurs).GroupBy(file => file.Name.Series, StringComparer.Ordinal))
        {
            List<SegmentFile> ordered = [.. series.OrderBy(file => file.Name.Ordinal)];
            SegmentFile last = ordered[^1];
            closed.AddRange(ordered[..^1].Where(file => file.Path != open));
            if (last.Path != open && !files.IsInUse(last.Path))
            {
                closed.Add(last);
            }
        }

        return closed;
    }
}
