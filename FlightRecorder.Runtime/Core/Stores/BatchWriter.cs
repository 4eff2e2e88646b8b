namespace FlightRecorder;

/// <summary>The writer's calls into foreign code, store and <see cref="FlightRecorderOptions.OnRecorded"/>: what they throw ends here.</summary>
internal sealed class BatchWriter(IRecordingStore store, FaultGuard guard, Action<RecordingSummary>? onRecorded)
{
    private readonly IPeriodicStore? _periodic = store as IPeriodicStore;
    private readonly ILineStore? _lines = store as ILineStore;
    private readonly IPickyStore? _picky = store as IPickyStore;

    /// <summary>How many recordings of the batch written last the store gave up.</summary>
    public int LeftOut => _picky?.LeftOut.Count ?? 0;

    /// <summary>Whether the store is a journal: lines that are no recordings belong into it and nowhere else.</summary>
    public bool IsJournal => _lines is not null;

    public bool TryWrite(LineBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            Wait(_lines?.WriteAsync(batch.Bytes, cancellationToken) ?? store.WriteAsync(batch.ToRecordings(), cancellationToken));
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

    public void Announce(LineBatch batch)
    {
        for (int i = 0; onRecorded is not null && i < batch.Count; i++)
        {
            Announce(batch.At(i), onRecorded);
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

    private void Announce(ReadOnlySpan<byte> line, Action<RecordingSummary> callback)
    {
        try
        {
            if (SummaryParser.TryRead(line.TrimEnd((byte)'\n'), out RecordingSummary? summary) == LineContent.Recording
                && _picky?.LeftOut.Contains(summary!.Id) != true)
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
