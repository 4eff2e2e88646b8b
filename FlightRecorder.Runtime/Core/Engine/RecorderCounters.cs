namespace FlightRecorder;

/// <summary>What happened to everything that was offered: <c>offered = stored + dropped + notKept + inFlight</c>.</summary>
internal sealed class RecorderCounters
{
    private long _offered;
    private long _stored;
    private long _inFlight;
    private long _lateWrites;
    private long _faults;
    private long _overHeaderBudget;
    private readonly long[] _notKept = new long[(int)NotKeptReason.Last + 1];
    private readonly long[] _dropped = new long[(int)DropReason.Last + 1];

    public long Offered => Interlocked.Read(ref _offered);

    public long Stored => Interlocked.Read(ref _stored);

    /// <summary>Let go, for whatever reason.</summary>
    public long NotKept => Sum(_notKept);

    /// <summary>Lost, for whatever reason.</summary>
    public long AllDropped => Sum(_dropped);

    /// <summary>Begun and neither stored, dropped nor let go yet; what the ring holds is among them.</summary>
    public long InFlight => Interlocked.Read(ref _inFlight);

    /// <summary>Entries that came after their recording had ended.</summary>
    public long LateWrites => Interlocked.Read(ref _lateWrites);

    /// <summary>Failures of the recorder itself.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Requests that a header asked to record beyond the budget of such; they were never offered.</summary>
    public long OverHeaderBudget => Interlocked.Read(ref _overHeaderBudget);

    public long NotKeptFor(NotKeptReason reason) => Interlocked.Read(ref _notKept[(int)reason]);

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

    public void CountNotKept(NotKeptReason reason, int recordings = 1)
    {
        Interlocked.Add(ref _notKept[(int)reason], recordings);
        Interlocked.Add(ref _inFlight, -recordings);
    }

    public void CountDropped(DropReason reason, int recordings = 1)
    {
        Interlocked.Add(ref _dropped[(int)reason], recordings);
        Interlocked.Add(ref _inFlight, -recordings);
    }

    public void CountLateWrite() => Interlocked.Increment(ref _lateWrites);

    public long CountOverHeaderBudget() => Interlocked.Increment(ref _overHeaderBudget);

    public long CountFault() => Interlocked.Increment(ref _faults);

    private static long Sum(long[] counts)
    {
        long sum = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            sum += Interlocked.Read(ref counts[i]);
        }

        return sum;
    }
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

    /// <summary>The greatest of these.</summary>
    Last = Shutdown,
}

/// <summary>Why a recording was let go.</summary>
internal enum NotKeptReason
{
    /// <summary>No condition of its rule held, and nothing else asked for it.</summary>
    NoTrigger,

    /// <summary>It failed like many others of that second.</summary>
    ErrorStorm,

    /// <summary>Its rule, judged at the end, did not want it.</summary>
    NotWanted,

    /// <summary>The greatest of these.</summary>
    Last = NotWanted,
}
