using System.Buffers.Text;

namespace FlightRecorder;

/// <summary>
/// The ids that a run which died may have written although their slots are still in use: between the write of a batch and the
/// release of its slots, or between the write of unfinished recordings and the deletion of the slot file.
/// </summary>
internal sealed class LinesOnDisk(string journal)
{
    // A batch is at most so long, unless it is one line of at most 16 MiB, and it lies in one segment; so do all unfinished recordings of
    // a run, which are shorter together and stand first.
    private const int MaxBytes = 17 * 1024 * 1024;

    // The last may be empty.
    private const int Segments = 2;

    private readonly HashSet<Guid> _ids = [];
    private readonly IReadOnlyList<SegmentFile> _segments = SegmentListing.Of(journal);

    public bool Contains(Guid id) => _ids.Contains(id);

    /// <summary>Adds those at the end of a run's lines.</summary>
    public void AddLast(string series)
    {
        foreach (SegmentFile segment in _segments.Where(file => file.Name.Series == series).OrderByDescending(file => file.Name.Ordinal).Take(Segments))
        {
            AddFrom(segment, Math.Max(0, segment.Bytes - MaxBytes));
        }
    }

    /// <summary>Adds those at the beginning of a run's lines.</summary>
    public void AddFirst(string run)
    {
        foreach (SegmentFile segment in _segments.Where(file => file.Name.Series.EndsWith('-' + run, StringComparison.Ordinal)).OrderBy(file => file.Name.Ordinal).Take(Segments))
        {
            AddFrom(segment, 0);
        }
    }

    private void AddFrom(SegmentFile segment, long offset)
    {
        ReadOnlySpan<byte> rest = Read(segment, offset);
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (LineTrailer.IsIntact(line))
            {
                Add(line);
            }
        }
    }

    private static byte[] Read(SegmentFile segment, long offset)
    {
        // An empty file may be a FIFO, whose opening would wait for ever.
        byte[] bytes = new byte[Math.Min(segment.Bytes - offset, MaxBytes)];
        if (bytes.Length == 0)
        {
            return bytes;
        }

        using var file = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Position = offset;
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    // The line's own id is the first member of that name.
    private void Add(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> member = "\"id\":\""u8;
        int at = line.IndexOf(member);
        if (at >= 0 && Utf8Parser.TryParse(line[(at + member.Length)..], out Guid id, out _, 'D'))
        {
            _ids.Add(id);
        }
    }
}
