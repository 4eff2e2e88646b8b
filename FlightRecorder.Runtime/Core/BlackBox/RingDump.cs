namespace FlightRecorder;

/// <summary>Writes what the ring holds, away from whoever asked for it, and no faster than the store takes it.</summary>
/// <param name="ring">The ring.</param>
/// <param name="pool">Recordings to read into.</param>
/// <param name="queue">Where the lines go.</param>
/// <param name="keep">Encodes and queues one; lets go of it; never throws.</param>
internal sealed class RingDump(Ring ring, ActiveRecordingPool pool, RecordingQueue queue, Action<ActiveRecording, Triggers, string> keep)
{
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Ends when all dumps that were begun are with the queue.</summary>
    public Task Finished
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Begins to write what is held now.</summary>
    /// <returns>How many recordings that is.</returns>
    public int Start(Triggers trigger, string reason)
    {
        lock (_gate)
        {
            if (ring.TakeAll(out int count) is { } oldest)
            {
                _running = WriteAsync(_running, oldest, trigger, reason);
            }

            return count;
        }
    }

    /// <summary>Writes what is held, the newest pages first, on this thread, for as long as there is time.</summary>
    public void Write(Triggers trigger, string reason, Func<bool> hasTime)
    {
        for (RingPage? page = Reversed(ring.TakeAll(out _)); page is not null && hasTime(); page = page.Next)
        {
            while (hasTime() && TryWriteNext(page, trigger, reason))
            {
            }
        }
    }

    private async Task WriteAsync(Task before, RingPage oldest, Triggers trigger, string reason)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        RingPage? next = oldest;
        while (next is { } page)
        {
            next = page.Next;
            while (TryWriteNext(page, trigger, reason))
            {
                if (queue.IsPressed)
                {
                    await queue.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                }
            }

            ring.Return(page);
        }
    }

    private bool TryWriteNext(RingPage page, Triggers trigger, string reason)
    {
        ActiveRecording recording = pool.Rent();
        if (!page.TryRead(recording))
        {
            pool.Return(recording);
            return false;
        }

        keep(recording, trigger, reason);
        ring.Settle();
        return true;
    }

    private static RingPage? Reversed(RingPage? oldest)
    {
        RingPage? newest = null;
        while (oldest is { } page)
        {
            oldest = page.Next;
            page.Next = newest;
            newest = page;
        }

        return newest;
    }
}
