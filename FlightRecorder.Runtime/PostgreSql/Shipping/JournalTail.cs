namespace FlightRecorder.PostgreSql;

/// <summary>Reads on in the segments of a journal directory, from positions that are remembered beside it.</summary>
internal sealed class JournalTail(SegmentWatch watch, PositionFile file, Guid store)
{
    private readonly Dictionary<string, SegmentPosition> _positions = file.Load(store);

    // How long segments were whose rest held no whole line: the torn end of a dead run is not read again and again.
    private readonly Dictionary<string, long> _barren = new(StringComparer.Ordinal);

    /// <summary>The next stretch that was not sent; null when there is none.</summary>
    /// <param name="maxBytes">About how much.</param>
    /// <param name="waiting">Gets how many bytes of all segments wait.</param>
    public (string Segment, SegmentChunk Chunk)? Next(int maxBytes, out long waiting)
    {
        IReadOnlyList<SegmentFile> segments = watch.Look();
        waiting = segments.Sum(segment => Math.Max(0, SegmentWatch.LengthOf(segment) - PositionOf(segment).Offset));
        foreach (SegmentFile segment in segments)
        {
            string key = SegmentWatch.KeyOf(segment);
            if (SegmentWatch.LengthOf(segment) == PositionOf(segment).Offset || SegmentWatch.LengthOf(segment) == _barren.GetValueOrDefault(key))
            {
                continue;
            }

            if (Read(segment, maxBytes) is { } chunk)
            {
                return (key, chunk);
            }
        }

        return null;
    }

    /// <summary>Forgets what is not there any more, and returns how many segments went before all of them was sent, and how many bytes of them were not.</summary>
    public (int Segments, long Bytes) TakeLost()
    {
        int segments = 0;
        long bytes = 0;
        foreach ((string key, long length) in watch.TakeGone())
        {
            long sent = _positions.GetValueOrDefault(key).Offset;
            if (length > sent && length != _barren.GetValueOrDefault(key))
            {
                segments++;
                bytes += length - sent;
            }
        }

        foreach (string gone in _positions.Keys.Where(key => !watch.MayBeThere(key)).ToArray())
        {
            _positions.Remove(gone);
            _barren.Remove(gone);
        }

        return (segments, bytes);
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
            SegmentChunk? chunk = segment.Bytes == 0 ? null : SegmentChunk.Read(segment, PositionOf(segment), maxBytes);
            if (chunk is null)
            {
                _barren[SegmentWatch.KeyOf(segment)] = SegmentWatch.LengthOf(segment);
            }

            return chunk;
        }
        catch (FileNotFoundException)
        {
            // Retention was faster: the next look misses it.
            return null;
        }
    }

    private SegmentPosition PositionOf(SegmentFile segment) => _positions.GetValueOrDefault(SegmentWatch.KeyOf(segment));
}
