namespace FlightRecorder;

/// <summary>What became of the lines of a queue, each counted exactly once, and who waits for them. Guarded by the queue's lock.</summary>
internal sealed class QueueTally(RecorderCounters counters)
{
    private readonly List<FlushWaiter> _waiters = [];
    private bool _abandoned;

    // Came in; stored or dropped; and done with, callbacks included. Each is at most the one before.
    private long _added;
    private long _settled;
    private long _finished;

    public bool IsFinished => _finished >= _added;

    public bool HasWaiters => _waiters.Count > 0;

    public void Add() => _added++;

    /// <summary>Counts lines, of which so many are stored and the rest are dropped; false when stopping has given up on them already.</summary>
    public bool TrySettle(int count, int stored)
    {
        if (_abandoned)
        {
            return false;
        }

        _settled += count;
        if (stored > 0)
        {
            counters.CountStored(stored);
        }

        if (stored < count)
        {
            counters.CountDropped(DropReason.StoreFailed, count - stored);
        }

        return true;
    }

    public void Finish(int count) => _finished += count;

    /// <summary>Ends when all lines that came so far are finished.</summary>
    public Task WhenFinished()
    {
        var waiter = new FlushWaiter(_added);
        _waiters.Add(waiter);
        return waiter.Task;
    }

    public void CompleteWaiters() => _waiters.RemoveAll(waiter => waiter.TryComplete(_finished));

    /// <summary>Counts what is not settled as lost, and lets nobody wait for it.</summary>
    public void Abandon()
    {
        if (!_abandoned)
        {
            _abandoned = true;
            counters.CountDropped(DropReason.Shutdown, (int)(_added - _settled));
        }

        _finished = _added;
        CompleteWaiters();
    }
}
