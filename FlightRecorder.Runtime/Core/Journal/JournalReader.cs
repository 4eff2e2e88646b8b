namespace FlightRecorder;

/// <summary>Reads recordings from a journal directory.</summary>
public sealed class JournalReader(string directory) : IRecordingReader
{
    /// <summary>The journal's directory.</summary>
    public string Directory { get; } = directory;

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<RecordingSummary>> ListAsync(RecordingQuery query, CancellationToken cancellationToken = default) => new([]);

    /// <inheritdoc />
    public ValueTask<Recording?> GetAsync(Guid id, CancellationToken cancellationToken = default) => new(default(Recording));
}
