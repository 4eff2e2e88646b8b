namespace FlightRecorder;

/// <summary>Reads recordings from a journal directory, those of all runs together; safe for concurrent calls, also while the journal is written.</summary>
/// <remarks>What is torn, damaged or unknown is skipped; the overloads with a <see cref="JournalScan"/> count it.</remarks>
/// <param name="directory">The directory; one that does not exist is an empty journal.</param>
public sealed class JournalReader(string directory) : IRecordingReader
{
    // Of recordings looked at beside another, longer lines are left out: hundreds of them are held at once.
    private const int MaxRelatedLine = 256 * 1024;

    /// <summary>The journal's directory.</summary>
    public string Directory { get; } = directory;

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<RecordingSummary>> ListAsync(RecordingQuery query, CancellationToken cancellationToken = default)
        => ListAsync(query, new JournalScan(), cancellationToken);

    /// <summary>The heads of the recordings that match, newest first, and what was skipped on the way.</summary>
    public ValueTask<IReadOnlyList<RecordingSummary>> ListAsync(RecordingQuery query, JournalScan scan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(scan);
        return new(Task.Run(() => List(new JournalFilter(query), scan, cancellationToken), cancellationToken));
    }

    /// <inheritdoc />
    public ValueTask<Recording?> GetAsync(Guid id, CancellationToken cancellationToken = default)
        => new(Task.Run(
            () => IdPrefix.TryParse(id.ToString("D"), out IdPrefix prefix) ? Find(prefix, new JournalScan(), cancellationToken).Found : null,
            cancellationToken));

    /// <summary>The heads of the recordings that the filter wants, newest first.</summary>
    internal IReadOnlyList<RecordingSummary> List(JournalFilter filter, JournalScan scan, CancellationToken cancellationToken = default)
        => [.. Newest(filter, scan, _ => true, _ => false, cancellationToken).Select(found => found.Summary)];

    /// <summary>The recording whose id begins so, when it is the only one.</summary>
    internal IdLookup Find(IdPrefix prefix, JournalScan scan, CancellationToken cancellationToken = default)
    {
        var candidates = new Dictionary<Guid, RecordingSummary>();
        byte[]? line = null;
        foreach (JournalLine found in ReadLines(scan, cancellationToken, LinePrefilter.OfId(prefix)))
        {
            if (Head(found, scan) is not { } head || !prefix.Matches(head.Id) || !candidates.TryAdd(head.Id, head))
            {
                continue;
            }

            line ??= found.Bytes.ToArray();
            if (prefix.IsFull || candidates.Count == IdLookup.MaxCandidates)
            {
                break;
            }
        }

        return candidates.Count switch
        {
            0 => IdLookup.None,
            1 => new IdLookup(RecordingParser.TryRead(line), [.. candidates.Values]),
            _ => new IdLookup(null, [.. candidates.Values.OrderByDescending(head => head.StartedAt).ThenByDescending(head => head.Sequence)]),
        };
    }

    /// <summary>The latest recordings that began before this one and changed rows, newest first: where a wrong state may come from.</summary>
    internal IReadOnlyList<Recording> FindEarlierWriters(Recording recording, int limit, CancellationToken cancellationToken = default)
    {
        var filter = new JournalFilter(new RecordingQuery { Until = recording.StartedAt, Limit = limit });
        return [.. Newest(filter, new JournalScan(), head => head.Mutations > 0 && head.Id != recording.Id, line => line.Length <= MaxRelatedLine, cancellationToken)
            .Select(found => RecordingParser.TryRead(found.Line))
            .OfType<Recording>()];
    }

    /// <summary>Every intact line that the prefilter does not rule out: run by run, the run written last first; within a run the last line first.</summary>
    internal IEnumerable<JournalLine> ReadLines(JournalScan scan, CancellationToken cancellationToken = default, LinePrefilter? prefilter = null)
    {
        foreach (SegmentFile segment in NewestRunsFirst(scan).SelectMany(run => run))
        {
            foreach (JournalLine line in SegmentReader.NewestFirst(segment, scan, prefilter))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return line;
            }
        }
    }

    private IReadOnlyList<(RecordingSummary Summary, byte[]? Line)> Newest(
        JournalFilter filter, JournalScan scan, Func<RecordingSummary, bool> wanted, Func<ReadOnlyMemory<byte>, bool> keepLine, CancellationToken cancellationToken)
    {
        var newest = new NewestFirst<byte[]?>(filter.Query);
        var prefilter = LinePrefilter.Of(filter);
        foreach (IReadOnlyList<SegmentFile> run in NewestRunsFirst(scan))
        {
            var clock = new RunClock();
            foreach (JournalLine line in run.SelectMany(segment => SegmentReader.NewestFirst(segment, scan, prefilter)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Head(line, scan) is not { } head)
                {
                    continue;
                }

                DateTimeOffset began = clock.Begin(head);
                if (newest.EndsAt(head, began))
                {
                    break;
                }

                if (newest.IsNewEnough(head, began) && wanted(head) && filter.Matches(head, line.Bytes.Span))
                {
                    newest.Keep(head, began, keepLine(line.Bytes) ? line.Bytes.ToArray() : null);
                }
            }
        }

        return newest.ToList();
    }

    private static RecordingSummary? Head(JournalLine line, JournalScan scan)
    {
        LineContent content = SummaryParser.TryRead(line.Bytes.Span, out RecordingSummary? head);
        scan.Count(content);
        return head is not null && Housekeeping.Is(head) ? null : head;
    }

    private List<IReadOnlyList<SegmentFile>> NewestRunsFirst(JournalScan scan)
    {
        try
        {
            return [.. SegmentListing.Of(Directory)
                .GroupBy(file => file.Name.Series, StringComparer.Ordinal)
                .OrderByDescending(run => run.Max(file => file.LastWrite))
                .Select(IReadOnlyList<SegmentFile> (run) => [.. run.OrderByDescending(file => file.Name.Ordinal)])];
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            scan.UnreadableSegments++;
            return [];
        }
    }
}
