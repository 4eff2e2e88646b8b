namespace FlightRecorder.Cli;

/// <summary>Reads every byte of a journal first to last and checks all of it; memory is bounded by the longest line.</summary>
internal sealed class JournalAudit(IJournalFiles files, CancellationToken cancellationToken)
{
    /// <summary>The runs of a directory, the first begun first.</summary>
    public IEnumerable<RunAudit> Run(string directory)
        => files.List(directory)
            .GroupBy(file => file.Name.Series, StringComparer.Ordinal)
            .OrderBy(series => series.Key, StringComparer.Ordinal)
            .Select(series => Audit(series.Key, [.. series.OrderBy(file => file.Name.Ordinal)]));

    private RunAudit Audit(string series, List<SegmentFile> segments)
    {
        var run = new RunAudit(series) { IsAlive = segments[^1] is { Name: { IsOurs: true, GoodBytes: null } } last && files.IsInUse(last.Path) };
        if (segments[0].Name.Ordinal == 1)
        {
            run.Numbers.Expect(1);
        }

        foreach (SegmentFile segment in segments)
        {
            run.Segments.Add(segment);
            Read(run, segment, isOpen: run.IsAlive && segment == segments[^1]);
        }

        Gaps(run);
        return run;
    }

    private void Read(RunAudit run, SegmentFile segment, bool isOpen)
    {
        if (segment.Bytes == 0)
        {
            return;
        }

        long offset = 0;
        try
        {
            using FileStream stream = SegmentReader.Open(segment.Path) ?? throw new IOException("it cannot be opened");
            var lines = new ForwardLines(stream, 0, segment.Name.GoodBytes ?? long.MaxValue);
            while (lines.TryNext(out Stretch piece))
            {
                cancellationToken.ThrowIfCancellationRequested();
                offset = lines.Offset;
                Check(run, segment, piece);
            }

            if (lines.TakeRest(out Stretch rest) && (!isOpen || rest.Kind != StretchKind.Torn))
            {
                Check(run, segment, rest);
            }
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            run.Fault(segment, offset, "unreadable", "cannot be read further: " + IoFailure.Describe(error));
        }
    }

    private static void Check(RunAudit run, SegmentFile segment, Stretch piece)
    {
        ReadOnlySpan<byte> bytes = piece.Bytes.Span;
        switch (piece.Kind)
        {
            case StretchKind.Zeros:
                run.Fault(segment, piece.Offset, "zeros", $"{Units.Count(piece.Length, "zero byte")}");
                break;
            case StretchKind.TooLong:
                run.Fault(segment, piece.Offset, "oversized", $"{Units.Count(piece.Length, "byte")} without the end of a line");
                break;
            case var _ when LineTrailer.IsIntact(bytes):
                CheckLine(run, segment, piece.Offset, bytes);
                break;
            case StretchKind.Torn:
                run.Fault(segment, piece.Offset, "torn", $"a line breaks off after {Units.Count(piece.Length, "byte")}");
                break;
            default:
                CheckDamaged(run, segment, piece.Offset, bytes);
                break;
        }
    }

    private static void CheckDamaged(RunAudit run, SegmentFile segment, long offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        run.Fault(segment, offset, "damaged", $"a line of {Units.Count(bytes.Length, "byte")} does not have the checksum it ends with");
        foreach (Range saved in LineTrailer.Salvage(bytes))
        {
            CheckLine(run, segment, offset + saved.Start.GetOffset(bytes.Length), bytes[saved]);
        }
    }

    private static void CheckLine(RunAudit run, SegmentFile segment, long offset, ReadOnlySpan<byte> line)
    {
        LineContent content = SummaryParser.TryRead(line, out RecordingSummary? head);
        run.CountLine(head);
        if (head is not null && RunNote.Is(head))
        {
            run.ReadTotals(line);
        }

        (string? word, string detail) = content switch
        {
            LineContent.FutureVersion => ("future", "a line of a later version"),
            LineContent.UnknownKind => ("unknown", "a line of an unknown kind"),
            LineContent.Malformed => ("malformed", "an intact line that is no recording"),
            _ => (null, ""),
        };
        if (word is not null)
        {
            run.Fault(segment, offset, word, detail);
        }

        // A recording that another run left unfinished keeps that run's name.
        if (LineFacts.TryRead(line) is { Sequence: > 0 and { } number } facts && facts.Run == run.Run)
        {
            run.Numbers.See(number, Path.GetFileName(segment.Path), offset);
        }
    }

    // Segments go missing without a loss, too: one that got no line leaves no file.
    private static void Gaps(RunAudit run)
    {
        foreach (SequenceGap gap in run.Numbers.Gaps)
        {
            int at = run.Segments.FindIndex(segment => Path.GetFileName(segment.Path) == gap.File);
            int before = at > 0 ? run.Segments[at - 1].Name.Ordinal : 0;
            int after = run.Segments[at].Name.Ordinal;
            string numbers = gap.First == gap.Last ? $"number {gap.First} is" : $"numbers {gap.First} to {gap.Last} are";
            bool isSegment = gap.Offset == 0 && after - before > 1;
            run.Fault(
                run.Segments[at], gap.Offset, isSegment ? "missing" : "gap",
                isSegment ? $"{numbers} missing, with segment {Ordinals(before + 1, after - 1)}" : $"{numbers} missing before this line");
        }
    }

    private static string Ordinals(int first, int last) => first == last ? $"{first:D4}" : $"{first:D4} to {last:D4}";
}
