namespace FlightRecorder.PostgreSql;

/// <summary>What became of the recordings that came to be sent. Written by the sender, read by anyone.</summary>
internal sealed class SendCounters
{
    private long _stored;
    private long _known;
    private long _dead;
    private long _expired;
    private long _batches;
    private long _failures;
    private long _skipped;
    private long _lostSegments;

    /// <summary>Stored by us.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    /// <summary>Sent again and found there already.</summary>
    public long Known => Interlocked.Read(ref _known);

    /// <summary>Put into the dead letters.</summary>
    public long Dead => Interlocked.Read(ref _dead);

    /// <summary>Not sent, since they are older than what is kept.</summary>
    public long Expired => Interlocked.Read(ref _expired);

    /// <summary>Transactions that were committed.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Tries that failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Damaged stretches of the journal that were passed over.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Segments of the journal that were deleted before all of them was sent.</summary>
    public long LostSegments => Interlocked.Read(ref _lostSegments);

    public void CountBatch(int stored, int known)
    {
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _stored, stored);
        Interlocked.Add(ref _known, known);
    }

    public void CountDead() => Interlocked.Increment(ref _dead);

    public void CountExpired() => Interlocked.Increment(ref _expired);

    public void CountFailure() => Interlocked.Increment(ref _failures);

    public void CountSkipped(long stretches) => Interlocked.Add(ref _skipped, stretches);

    public void CountLost(int segments) => Interlocked.Add(ref _lostSegments, segments);
}
