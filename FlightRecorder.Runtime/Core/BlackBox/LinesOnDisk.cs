using System.Text;

namespace FlightRecorder;

/// <summary>
/// The ids that a run which died may have written although their slots are still in use: between the write of a batch and the
/// release of its slots, or between the write of unfinished recordings and the deletion of the slot file.
/// </summary>
internal sealed class LinesOnDisk(string journal)
{
    // A batch is at most so long, unless it is one line of at most 16 MiB; and it lies in one segment.
    private const long MaxBatch = 17 * 1024 * 1024;

    // All unfinished recordings of a run are shorter together, and stand first.
    private const int MaxRecovered = 8 * 1024 * 1024;

    private static readonly byte[] s_id = Encoding.ASCII.GetBytes("\"id\":\"");

    private readonly HashSet<Guid> _ids = [];
    private readonly IReadOnlyList<SegmentFile> _segments = SegmentListing.Of(journal);

    public bool Contains(Guid id) => _ids.Contains(id);

    /// <summary>Adds those at the end of a run's lines.</summary>
    public void AddLast(string series)
    {
        foreach (SegmentFile segment in _segments.Where(file => file.Name.Series == series).OrderByDescending(file => file.Name.Ordinal).Take(2))
        {
            long read = 0;
            foreach (JournalLine line in SegmentReader.NewestFirst(segment, new JournalScan()).TakeWhile(line => (read += line.Bytes.Length) <= MaxBatch))
            {
                Add(line.Bytes.Span);
            }
        }
    }

    /// <summary>Adds those at the beginning of a run's lines.</summary>
    public void AddFirst(string run)
    {
        foreach (SegmentFile segment in _segments.Where(file => file.Name.Series.EndsWith('-' + run, StringComparison.Ordinal)).OrderBy(file => file.Name.Ordinal).Take(2))
        {
            ReadOnlySpan<byte> head = Head(segment);
            foreach (Range line in head.Split((byte)'\n'))
            {
                if (LineTrailer.IsIntact(head[line]))
                {
                    Add(head[line]);
                }
            }
        }
    }

    private static byte[] Head(SegmentFile segment)
    {
        byte[] head = new byte[Math.Min(segment.Bytes, MaxRecovered)];
        if (head.Length == 0)
        {
            return head;
        }

        using var file = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    // The line's own id is the first member of that name.
    private void Add(ReadOnlySpan<byte> line)
    {
        int at = line.IndexOf(s_id);
        if (at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(line[(at + s_id.Length)..], out Guid id, out _, 'D'))
        {
            _ids.Add(id);
        }
    }
}
