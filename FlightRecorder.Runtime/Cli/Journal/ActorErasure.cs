namespace FlightRecorder.Cli;

/// <summary>
/// Takes the recordings of one actor out of a closed segment. The segment is written anew beside it and put in its place in one
/// step, so that a reader sees either; a crash in between leaves the old one. Each erased line leaves a line that holds its
/// number, since a missing number would say that a recording was lost.
/// </summary>
internal sealed class ActorErasure(string actor, bool isDryRun)
{
    // Not a segment's extension: nobody reads it as one.
    private const string Extension = ".erasing";

    private readonly LinePrefilter? _prefilter = LinePrefilter.OfActor(actor);

    /// <summary>What a crash of an earlier erasure left behind holds what was to be erased.</summary>
    public static void DeleteLeftovers(string directory)
    {
        foreach (string leftover in Directory.Exists(directory) ? Directory.GetFiles(directory, "*" + Extension) : [])
        {
            File.Delete(leftover);
        }
    }

    /// <summary>How many recordings of the actor the segment holds, and how many damaged pieces name the actor.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ErasureCount Count(SegmentFile segment, CancellationToken cancellationToken) => Scan(segment, null, cancellationToken);

    /// <summary>Erases them.</summary>
    /// <exception cref="IOException">It cannot be read or written; the segment is as it was.</exception>
    public ErasureCount Erase(SegmentFile segment, CancellationToken cancellationToken)
    {
        ErasureCount found = Count(segment, cancellationToken);
        return isDryRun || !found.IsAny ? found : Rewrite(segment, cancellationToken);
    }

    private ErasureCount Rewrite(SegmentFile segment, CancellationToken cancellationToken)
    {
        string beside = segment.Path + Extension;
        File.Delete(beside);
        try
        {
            ErasureCount erased;
            using (var target = new RewrittenSegment(beside))
            {
                erased = Scan(segment, target, cancellationToken);
                target.Sync();
                PutInPlace(segment, target.Length, beside);
            }

            return erased;
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    // Its age stays: retention goes by it.
    private static void PutInPlace(SegmentFile segment, long length, string beside)
    {
        File.SetLastWriteTimeUtc(beside, segment.LastWrite.UtcDateTime);
        string directory = Path.GetDirectoryName(segment.Path)!;
        SegmentName name = segment.Name.GoodBytes is null ? segment.Name : segment.Name with { GoodBytes = length };
        string place = Path.Combine(directory, name.ToString());
        File.Move(beside, place, overwrite: true);
        if (place != segment.Path)
        {
            File.Delete(segment.Path);
        }

        DirectorySync.Flush(directory);
    }

    private ErasureCount Scan(SegmentFile segment, RewrittenSegment? target, CancellationToken cancellationToken)
    {
        using FileStream stream = SegmentReader.Open(segment.Path) ?? throw new IOException("it cannot be opened");
        var lines = new ForwardLines(stream, 0, segment.Name.GoodBytes ?? long.MaxValue);
        var count = new ErasureCount();
        while (lines.TryNext(out Stretch piece) || lines.TakeRest(out piece))
        {
            cancellationToken.ThrowIfCancellationRequested();
            count = Take(piece, target, count);
        }

        return count;
    }

    private ErasureCount Take(Stretch piece, RewrittenSegment? target, ErasureCount count)
    {
        ReadOnlySpan<byte> bytes = piece.Bytes.Span;
        if (LineTrailer.IsIntact(bytes))
        {
            return TakeLine(bytes, target, count);
        }

        foreach (Range saved in LineTrailer.Salvage(bytes))
        {
            count = TakeLine(bytes[saved], target, count);
        }

        // What is damaged or too long cannot be told apart; once a segment is written anew, it stays behind.
        bool isNothing = piece.Kind == StretchKind.Line && bytes.IsEmpty;
        bool mayName = piece.Kind == StretchKind.TooLong || (piece.Kind != StretchKind.Zeros && MayMatch(bytes));
        return isNothing ? count : count with { Damaged = count.Damaged + 1, DamagedNaming = count.DamagedNaming + (mayName ? 1 : 0) };
    }

    private ErasureCount TakeLine(ReadOnlySpan<byte> line, RewrittenSegment? target, ErasureCount count)
    {
        LineFacts? facts = MayMatch(line) ? LineFacts.TryRead(line) : null;
        if (facts?.ActorId != actor)
        {
            target?.Append(line);
            return count with { Kept = count.Kept + 1 };
        }

        target?.Append(Tombstone.Of(facts));
        return count with { Recordings = count.Recordings + 1 };
    }

    private bool MayMatch(ReadOnlySpan<byte> line) => _prefilter is null || _prefilter.MayMatch(line);
}

/// <summary>What an erasure met in a segment.</summary>
/// <param name="Recordings">Recordings of the actor.</param>
/// <param name="Kept">Other lines.</param>
/// <param name="Damaged">Damaged pieces, which a segment that is written anew loses.</param>
/// <param name="DamagedNaming">Those of them in which the actor may be named.</param>
internal readonly record struct ErasureCount(long Recordings, long Kept, long Damaged, long DamagedNaming)
{
    public bool IsAny => Recordings > 0 || DamagedNaming > 0;
}
