namespace FlightRecorder;

/// <summary>Reads recordings back; a singleton in the container, safe for concurrent calls. It never fails on what is stored: faults are skipped and counted.</summary>
public interface IRecordingReader
{
    /// <summary>The heads of the recordings that match, newest first.</summary>
    ValueTask<IReadOnlyList<RecordingSummary>> ListAsync(RecordingQuery query, CancellationToken cancellationToken = default);

    /// <summary>One recording, or null when there is none of that id.</summary>
    ValueTask<Recording?> GetAsync(Guid id, CancellationToken cancellationToken = default);
}
