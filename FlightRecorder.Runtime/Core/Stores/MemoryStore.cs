namespace FlightRecorder;

/// <summary>The latest recordings, in memory; the oldest make room for new ones.</summary>
internal sealed class MemoryStore(int capacity) : IRecordingStore, IRecordingReader
{
    private readonly Lock _gate = new();
    private readonly Queue<(RecordingSummary Summary, byte[] Line)> _recordings = new(Math.Min(capacity, 1024));

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            Add(batch[i].Line.Span.TrimEnd((byte)'\n'));
        }

        return default;
    }

    public ValueTask<IReadOnlyList<RecordingSummary>> ListAsync(RecordingQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var newest = new NewestFirst<byte[]>(query);
        var errors = ErrorSearch.Of(query);
        foreach ((RecordingSummary summary, byte[] line) in Snapshot())
        {
            if (newest.IsNewEnough(summary, summary.StartedAt) && RecordingFilter.Matches(summary, query) && errors?.IsInLine(line) != false)
            {
                newest.Keep(summary, summary.StartedAt, line);
            }
        }

        return new([.. newest.ToList().Select(found => found.Summary)]);
    }

    public ValueTask<Recording?> GetAsync(Guid id, CancellationToken cancellationToken = default)
        => new(Snapshot().LastOrDefault(held => held.Summary.Id == id) is { Line: { } line } ? RecordingParser.TryRead(line) : null);

    public ValueTask DisposeAsync() => default;

    private void Add(ReadOnlySpan<byte> line)
    {
        if (SummaryParser.TryRead(line, out RecordingSummary? summary) != LineContent.Recording)
        {
            return;
        }

        lock (_gate)
        {
            _recordings.Enqueue((summary!, line.ToArray()));
            if (_recordings.Count > capacity)
            {
                _recordings.Dequeue();
            }
        }
    }

    private (RecordingSummary Summary, byte[] Line)[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _recordings];
        }
    }
}
