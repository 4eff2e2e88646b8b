namespace FlightRecorder.Cli;

/// <summary>What the segments of one run hold; collected while they are read first to last.</summary>
internal sealed class RunAudit(string series)
{
    /// <summary>Start time and run id, or the name of a file that was named otherwise.</summary>
    public string Series { get; } = series;

    /// <summary>The run's id; empty where the file's name has none.</summary>
    public string Run { get; } = series.Length == 32 ? series[16..] : "";

    public List<SegmentFile> Segments { get; } = [];

    public List<JournalFault> Faults { get; } = [];

    public SequenceGaps Numbers { get; } = new();

    public long Lines { get; private set; }

    public long Recordings { get; private set; }

    public long Erased { get; private set; }

    public DateTimeOffset? FirstBegan { get; private set; }

    /// <summary>The latest moment that a line tells of.</summary>
    public DateTimeOffset? LastAlive { get; private set; }

    /// <summary>Whether a process has the last segment open.</summary>
    public bool IsAlive { get; set; }

    /// <summary>What the run said of itself when it stopped in order, or null.</summary>
    public RunTotals? Totals { get; private set; }

    /// <summary>How often each note was written.</summary>
    public SortedDictionary<string, int> Notes { get; } = new(StringComparer.Ordinal);

    public long Bytes => Segments.Sum(segment => segment.Bytes);

    public IEnumerable<SegmentFile> Quarantined => Segments.Where(segment => segment.Name.GoodBytes is not null);

    public void Fault(SegmentFile segment, long offset, string word, string detail)
        => Faults.Add(new JournalFault(Path.GetFileName(segment.Path), offset, word, detail));

    public void CountLine(RecordingSummary? head)
    {
        Lines++;
        if (head is null)
        {
            return;
        }

        if (Tombstone.Is(head))
        {
            Erased++;
            return;
        }

        Recordings += head.Kind == RecordingKind.Note ? 0 : 1;
        if (head.Kind == RecordingKind.Note && !RunNote.Is(head))
        {
            Notes[head.Name] = Notes.GetValueOrDefault(head.Name) + 1;
        }

        Live(head);
    }

    /// <summary>Takes the totals out of the line of a run that stopped.</summary>
    public void ReadTotals(ReadOnlySpan<byte> line)
    {
        if (RecordingParser.TryRead(line) is { Timeline: [{ } entry, ..] } note && note.Run == Run)
        {
            Totals = RunTotals.Read(entry.Data);
        }
    }

    private void Live(RecordingSummary head)
    {
        if (head.StartedAt == default)
        {
            return;
        }

        DateTimeOffset ended = RunClock.EndOf(head, head.StartedAt);
        FirstBegan = FirstBegan is { } first && first < head.StartedAt ? first : head.StartedAt;
        LastAlive = LastAlive is { } last && last > ended ? last : ended;
    }
}
