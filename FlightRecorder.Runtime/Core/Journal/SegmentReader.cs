namespace FlightRecorder;

/// <summary>Reads one segment from its end to its beginning. A file that cannot be opened or read further is counted, and that is all.</summary>
internal static class SegmentReader
{
    // A writer that looks for old segments locks one for a moment; trying again a few times outlasts that.
    private const int Attempts = 5;

    public static IEnumerable<JournalLine> NewestFirst(SegmentFile segment, JournalScan scan, LinePrefilter? prefilter = null)
    {
        // An empty file has no line. It may also be a FIFO, whose opening would wait for ever.
        if (segment.Bytes == 0)
        {
            yield break;
        }

        using FileStream? stream = Open(segment.Path);
        if (stream is null)
        {
            scan.UnreadableSegments++;
            yield break;
        }

        scan.Segments++;
        long length = Math.Min(stream.Length, segment.Name.GoodBytes ?? long.MaxValue);
        using IEnumerator<ReadOnlyMemory<byte>> lines = new BackwardLines(stream, length, scan, prefilter).Read().GetEnumerator();
        while (MoveNext(lines, scan))
        {
            yield return new JournalLine(lines.Current, segment);
        }
    }

    /// <summary>Opens a segment beside its writer; null when it is gone or cannot be opened.</summary>
    public static FileStream? Open(string path)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            }
            catch (FileNotFoundException)
            {
                return null;
            }
            catch (Exception error) when (IoFailure.Is(error))
            {
                Thread.Yield();
            }
        }

        return null;
    }

    private static bool MoveNext(IEnumerator<ReadOnlyMemory<byte>> lines, JournalScan scan)
    {
        try
        {
            return lines.MoveNext();
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            scan.UnreadableSegments++;
            return false;
        }
    }
}
