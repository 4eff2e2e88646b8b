namespace FlightRecorder.PostgreSql;

/// <summary>Reads on in the segments of a journal directory, from positions that are remembered beside it.</summary>
internal sealed class JournalTail(string directory, PositionFile file, Guid store)
{
    private readonly Dictionary<string, SegmentPosition> _positions = file.Load(store);

    // How long segments were whose rest held no whole line: the torn end of a dead run is not read again and again.
    private readonly Dictionary<string, long> _barren = new(StringComparer.Ordinal);

    /// <summary>The next stretch that was not sent; null when there is none.</summary>
    /// <param name="maxBytes">About how much.</param>
    /// <param name="waiting">Gets how many bytes of all segments wait.</param>
    public (string Segment, SegmentChunk Chunk)? Next(int maxBytes, out long waiting)
    {
        IReadOnlyList<SegmentFile> segments = [.. SegmentListing.Of(directory).OrderBy(file => file.Name.Series, StringComparer.Ordinal).ThenBy(file => file.Name.Ordinal)];
        waiting = segments.Sum(segment => Math.Max(0, LengthOf(segment) - PositionOf(segment).Offset));
        foreach (SegmentFile segment in segments)
        {
            string key = KeyOf(segment);
            if (LengthOf(segment) == PositionOf(segment).Offset || LengthOf(segment) == _barren.GetValueOrDefault(key))
            {
                continue;
            }

            if (Read(segment, maxBytes) is { } chunk)
            {
                return (key, chunk);
            }

            _barren[key] = LengthOf(segment);
        }

        Forget(segments);
        return null;
    }

    /// <summary>Remembers that a stretch is done with.</summary>
    public void Done(string segment, SegmentChunk chunk)
    {
        _positions[segment] = chunk.End;
        file.Save(store, _positions);
    }

    private SegmentChunk? Read(SegmentFile segment, int maxBytes)
    {
        try
        {
            // An empty file has no line. It may also be a FIFO, whose opening would wait for ever.
            return segment.Bytes == 0 ? null : SegmentChunk.Read(segment, PositionOf(segment), maxBytes);
        }
        catch (FileNotFoundException)
        {
            // Retention was faster.
            return null;
        }
    }

    private void Forget(IReadOnlyList<SegmentFile> segments)
    {
        var there = segments.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        foreach (string gone in _positions.Keys.Where(key => !there.Contains(key)).ToArray())
        {
            _positions.Remove(gone);
            _barren.Remove(gone);
        }
    }

    private SegmentPosition PositionOf(SegmentFile segment) => _positions.GetValueOrDefault(KeyOf(segment));

    private static long LengthOf(SegmentFile segment) => Math.Min(segment.Bytes, segment.Name.GoodBytes ?? long.MaxValue);

    // A segment that is put aside later keeps its place.
    private static string KeyOf(SegmentFile segment) => (segment.Name with { GoodBytes = null }).ToString();
}
