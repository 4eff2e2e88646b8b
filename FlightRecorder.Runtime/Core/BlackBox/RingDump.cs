namespace FlightRecorder;

/// <summary>Writes what the ring holds, away from whoever asked for it, and no faster than the store takes it.</summary>
/// <param name="ring">The ring.</param>
/// <param name="queue">Where the lines go.</param>
/// <param name="keep">Encodes and queues one; lets go of it; never throws.</param>
internal sealed class RingDump(Ring ring, RecordingQueue queue, Action<ActiveRecording, Triggers, string> keep)
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

    /// <summary>Writes what is held, the newest first, on this thread, for as long as there is time.</summary>
    public void Write(Triggers trigger, string reason, Func<bool> hasTime)
    {
        ActiveRecording? next = Reversed(ring.TakeAll(out _));
        while (next is { } recording && hasTime())
        {
            next = recording.NextHeld;
            Write(recording, trigger, reason);
        }
    }

    private async Task WriteAsync(Task before, ActiveRecording oldest, Triggers trigger, string reason)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        ActiveRecording? next = oldest;
        while (next is { } recording)
        {
            next = recording.NextHeld;
            if (queue.IsPressed)
            {
                await queue.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            }

            Write(recording, trigger, reason);
        }
    }

    private void Write(ActiveRecording recording, Triggers trigger, string reason)
    {
        long bytes = recording.HeldBytes;
        keep(recording, trigger, reason);
        ring.Leave(bytes);
    }

    private static ActiveRecording? Reversed(ActiveRecording? oldest)
    {
        ActiveRecording? newest = null;
        while (oldest is { } recording)
        {
            oldest = recording.NextHeld;
            recording.NextHeld = newest;
            newest = recording;
        }

        return newest;
    }
}
