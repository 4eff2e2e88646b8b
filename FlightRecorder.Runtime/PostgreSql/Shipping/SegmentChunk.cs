namespace FlightRecorder.PostgreSql;

/// <summary>The next stretch of a segment: its intact lines, and how far it goes. The lines lie in memory of its own.</summary>
internal sealed class SegmentChunk
{
    private readonly List<ReadOnlyMemory<byte>> _lines = [];

    private SegmentChunk(SegmentPosition end) => End = end;

    public IReadOnlyList<ReadOnlyMemory<byte>> Lines => _lines;

    /// <summary>Behind the last line, or behind what is damaged for good.</summary>
    public SegmentPosition End { get; }

    /// <summary>Damaged stretches that were passed over.</summary>
    public int Skipped { get; private set; }

    /// <summary>Reads on from a position, or from the beginning when the position is not one of this segment. Null when there is nothing new.</summary>
    /// <param name="segment">The segment; it may be growing.</param>
    /// <param name="from">The position.</param>
    /// <param name="maxBytes">About how much; a longer line comes alone.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SegmentChunk? Read(SegmentFile segment, SegmentPosition from, int maxBytes)
    {
        using var stream = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        long length = Math.Min(stream.Length, segment.Name.GoodBytes ?? long.MaxValue);
        SegmentPosition start = IsOf(stream, length, from) ? from : default;
        for (int size = maxBytes; start.Offset < length; size *= 2)
        {
            byte[] bytes = ReadAt(stream, start.Offset, (int)Math.Min(size, length - start.Offset));
            bool isTail = start.Offset + bytes.Length >= length;
            int whole = WholeLines(bytes, isTail);
            if (whole > 0)
            {
                return Of(bytes, whole, PositionAt(stream, start.Offset + whole));
            }

            if (isTail)
            {
                return null;
            }

            if (bytes.Length >= LineWindow.MaxLine)
            {
                // No line is that long.
                return new SegmentChunk(PositionAt(stream, start.Offset + bytes.Length)) { Skipped = 1 };
            }
        }

        return null;
    }

    private static bool IsOf(FileStream stream, long length, SegmentPosition position)
    {
        if (position.Offset > length && length < stream.Length)
        {
            // Put aside after a failure behind what had been sent already.
            return true;
        }

        if (position.Offset == 0 || position.Offset > length)
        {
            return false;
        }

        return CheckBefore(stream, position.Offset) == position.Check;
    }

    private static byte[] ReadAt(FileStream stream, long offset, int count)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(count);
        stream.Position = offset;
        int read = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        return read == count ? bytes : bytes[..read];
    }

    // A last line whose line feed is missing counts when its checksum tells that it is complete.
    private static int WholeLines(byte[] bytes, bool isTail)
    {
        int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        return isTail && LineTrailer.IsIntact(bytes.AsSpan(end)) ? bytes.Length : end;
    }

    private static SegmentChunk Of(byte[] bytes, int whole, SegmentPosition end)
    {
        var chunk = new SegmentChunk(end);
        int at = 0;
        while (at < whole)
        {
            int newline = bytes.AsSpan(at, whole - at).IndexOf((byte)'\n');
            int length = newline < 0 ? whole - at : newline;
            chunk.Take(bytes.AsMemory(at, length));
            at += length + 1;
        }

        return chunk;
    }

    private void Take(ReadOnlyMemory<byte> stretch)
    {
        if (LineTrailer.IsIntact(stretch.Span))
        {
            _lines.Add(stretch);
            return;
        }

        int zeros = stretch.Span.IndexOfAnyExcept((byte)0);
        ReadOnlyMemory<byte> rest = zeros < 0 ? default : stretch[zeros..];
        if (LineTrailer.IsIntact(rest.Span))
        {
            _lines.Add(rest);
        }
        else
        {
            foreach (Range saved in LineTrailer.Salvage(rest.Span))
            {
                _lines.Add(rest[saved]);
            }
        }

        Skipped += stretch.IsEmpty ? 0 : 1;
    }

    private static SegmentPosition PositionAt(FileStream stream, long offset) => new(offset, CheckBefore(stream, offset));

    private static uint CheckBefore(FileStream stream, long offset)
    {
        int count = (int)Math.Min(SegmentPosition.CheckedBytes, offset);
        return Crc32C.Of(ReadAt(stream, offset - count, count));
    }
}
