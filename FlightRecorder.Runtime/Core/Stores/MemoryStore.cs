namespace FlightRecorder;

/// <summary>The latest recordings, in memory.</summary>
internal sealed class MemoryStore(int capacity) : IRecordingStore, IRecordingReader
{
    private readonly Queue<byte[]> _lines = new(Math.Min(capacity, 1024));

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
    {
        lock (_lines)
        {
            foreach (EncodedRecording recording in batch)
            {
                _lines.Enqueue(recording.Line.ToArray());
                if (_lines.Count > capacity)
                {
                    _lines.Dequeue();
                }
            }
        }

        return default;
    }

    public ValueTask<IReadOnlyList<RecordingSummary>> ListAsync(RecordingQuery query, CancellationToken cancellationToken = default) => new([]);

    public ValueTask<Recording?> GetAsync(Guid id, CancellationToken cancellationToken = default) => new(default(Recording));

    public ValueTask DisposeAsync() => default;
}
