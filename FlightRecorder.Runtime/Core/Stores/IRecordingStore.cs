namespace FlightRecorder;

/// <summary>Where recordings go. One writer calls it, one batch at a time; it need not be safe for concurrent calls.</summary>
public interface IRecordingStore : IAsyncDisposable
{
    /// <summary>Called once before the first batch; an exception stops the start of the host.</summary>
    ValueTask InitializeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stores a batch. Its lines are valid during the call only; copy what is kept. An exception means that nothing of the
    /// batch was stored: it is counted as dropped and reported once.
    /// </summary>
    ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken);
}
