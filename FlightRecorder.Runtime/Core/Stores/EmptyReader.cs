namespace FlightRecorder;

/// <summary>The reader where the store cannot be read back.</summary>
internal sealed class EmptyReader : IRecordingReader
{
    public ValueTask<IReadOnlyList<RecordingSummary>> ListAsync(RecordingQuery query, CancellationToken cancellationToken = default) => new([]);

    public ValueTask<Recording?> GetAsync(Guid id, CancellationToken cancellationToken = default) => new(default(Recording));
}
