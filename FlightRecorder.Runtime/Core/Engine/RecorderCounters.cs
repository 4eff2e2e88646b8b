namespace FlightRecorder;

/// <summary>What happened to everything that was offered: <c>offered = stored + dropped + notKept + inFlight</c>.</summary>
internal sealed class RecorderCounters
{
    private long _offered;
    private long _stored;
    private long _notKept;
    private long _inFlight;
    private long _lateWrites;
    private long _faults;
    private readonly long[] _dropped = new long[Enum.GetValues<DropReason>().Length];

    public long Offered => Interlocked.Read(ref _offered);

    public long Stored => Interlocked.Read(ref _stored);

    public long NotKept => Interlocked.Read(ref _notKept);

    /// <summary>Begun and neither stored, dropped nor let go yet.</summary>
    public long InFlight => Interlocked.Read(ref _inFlight);

    /// <summary>Entries that came after their recording had ended.</summary>
    public long LateWrites => Interlocked.Read(ref _lateWrites);

    /// <summary>Failures of the recorder itself.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    public long Dropped(DropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

    public void CountOffered()
    {
        Interlocked.Increment(ref _offered);
        Interlocked.Increment(ref _inFlight);
    }

    public void CountStored(int recordings)
    {
        Interlocked.Add(ref _stored, recordings);
        Interlocked.Add(ref _inFlight, -recordings);
    }

    /// <summary>Recordings of runs that died, stored by this one.</summary>
    public void CountRecovered(int recordings)
    {
        Interlocked.Add(ref _offered, recordings);
        Interlocked.Add(ref _stored, recordings);
    }

    public void CountNotKept()
    {
        Interlocked.Increment(ref _notKept);
        Interlocked.Decrement(ref _inFlight);
    }

    public void CountDropped(DropReason reason, int recordings = 1)
    {
        Interlocked.Add(ref _dropped[(int)reason], recordings);
        Interlocked.Add(ref _inFlight, -recordings);
    }

    public void CountLateWrite() => Interlocked.Increment(ref _lateWrites);

    public long CountFault() => Interlocked.Increment(ref _faults);
}

/// <summary>Why a recording was lost.</summary>
internal enum DropReason
{
    /// <summary>The queue had no room.</summary>
    QueueFull,

    /// <summary>The store failed.</summary>
    StoreFailed,

    /// <summary>It could not be redacted or encoded.</summary>
    EncodeFailed,

    /// <summary>The process ended before it was written.</summary>
    Shutdown,
}
