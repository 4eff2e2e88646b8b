namespace FlightRecorder;

/// <summary>The writer's calls into foreign code, store and <see cref="FlightRecorderOptions.OnRecorded"/>: what they throw ends here.</summary>
internal sealed class BatchWriter(IRecordingStore store, FaultGuard guard, Action<RecordingSummary>? onRecorded)
{
    private readonly IPeriodicStore? _periodic = store as IPeriodicStore;

    public bool TryWrite(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
    {
        try
        {
            Wait(store.WriteAsync(batch, cancellationToken));
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
        catch (Exception error)
        {
            guard.Note("store", error);
            return false;
        }
    }

    public void Announce(List<EncodedRecording> batch)
    {
        if (onRecorded is null)
        {
            return;
        }

        foreach (EncodedRecording recording in batch)
        {
            Announce(recording, onRecorded);
        }
    }

    public static void Release(List<EncodedRecording> batch)
    {
        foreach (EncodedRecording recording in batch)
        {
            recording.Release();
        }
    }

    public TimeSpan RunDue()
    {
        try
        {
            return _periodic?.RunDue() ?? Timeout.InfiniteTimeSpan;
        }
        catch (Exception error)
        {
            guard.Note("store", error);
            return Timeout.InfiniteTimeSpan;
        }
    }

    public void End()
    {
        try
        {
            Wait(store.DisposeAsync());
        }
        catch (Exception error)
        {
            guard.Note("store", error);
        }
    }

    private void Announce(EncodedRecording recording, Action<RecordingSummary> callback)
    {
        try
        {
            if (SummaryParser.TryRead(recording.Line.Span.TrimEnd((byte)'\n'), out RecordingSummary? summary) == LineContent.Recording)
            {
                callback(summary!);
            }
        }
        catch (Exception error)
        {
            guard.Note("OnRecorded", error);
        }
    }

    // The writer has a thread of its own, so it may wait; a store that completes at once costs no task.
    private static void Wait(ValueTask work)
    {
        if (work.IsCompleted)
        {
            work.GetAwaiter().GetResult();
        }
        else
        {
            work.AsTask().GetAwaiter().GetResult();
        }
    }
}
