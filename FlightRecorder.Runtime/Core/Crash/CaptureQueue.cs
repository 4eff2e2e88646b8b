using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace FlightRecorder;

/// <summary>
/// Errors on their way to the log, so that who tells one does not wait for the disk. A thread of its own, begun with the first
/// error, writes them: the thread pool may be what has failed.
/// </summary>
internal sealed class CaptureQueue(CrashLog log)
{
    // Each holds an exception and its stack.
    public const int Capacity = 10_000;

    // After a burst the writer looks again by itself for a while: to wake it costs more than to enqueue.
    private const int LingerMilliseconds = 5;
    private const int Lingers = 20;

    private readonly ConcurrentQueue<CrashRecord> _waiting = new();
    private readonly Lock _order = new();
    private readonly AutoResetEvent _wake = new(false);
    private int _isStarted;
    private int _isAsleep;
    private int _unwritten;
    private int _dropped;

    /// <summary>How long the end of the process waits for a disk that takes no line.</summary>
    public TimeSpan MaxStall { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it waits for one that is slow.</summary>
    public TimeSpan MaxFlush { get; init; } = TimeSpan.FromSeconds(20);

    public void Add(in CrashRecord record)
    {
        if (Interlocked.Increment(ref _unwritten) > Capacity)
        {
            Interlocked.Decrement(ref _unwritten);
            Interlocked.Increment(ref _dropped);
            return;
        }

        _waiting.Enqueue(record);
        if (_isStarted == 0 && Interlocked.Exchange(ref _isStarted, 1) == 0)
        {
            Start();
        }

        Interlocked.MemoryBarrier();
        if (_isAsleep == 1 && Interlocked.Exchange(ref _isAsleep, 0) == 1)
        {
            _wake.Set();
        }
    }

    /// <summary>Writes what waits, on this thread, and waits for what the writer has in hand.</summary>
    /// <param name="most">For how long, while lines are written; less where none is.</param>
    /// <returns>How many were not written.</returns>
    public int Flush(TimeSpan most)
    {
        if (_isStarted == 1)
        {
            long started = Stopwatch.GetTimestamp();
            Drain(() => Left(started, most));
        }

        return Volatile.Read(ref _unwritten);
    }

    private TimeSpan Left(long started, TimeSpan most)
    {
        TimeSpan left = most - Stopwatch.GetElapsedTime(started);
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < MaxStall ? left : MaxStall;
    }

    private void FlushAtExit()
    {
        int left = Flush(MaxFlush);
        if (left > 0)
        {
            StandardError.WriteLine(string.Create(CultureInfo.InvariantCulture, $"flightrecorder: {left} errors were not written: the process ended before the disk took them"));
        }
    }

    private void Start()
    {
        try
        {
            new Thread(Run) { IsBackground = true, Name = "FlightRecorder crash log" }.Start();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => FlushAtExit();
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            // No thread is to be had: then this one writes, and the next error tries again.
            Drain(Forever);
            _isStarted = 0;
        }
    }

    private void Run()
    {
        int idle = 0;
        while (true)
        {
            idle = Drain(Forever) ? 0 : idle + 1;
            if (idle <= Lingers)
            {
                _wake.WaitOne(LingerMilliseconds);
            }
            else
            {
                Sleep();
                idle = 0;
            }
        }
    }

    // Who enqueues sees the mark, or this sees what was enqueued.
    private void Sleep()
    {
        Interlocked.Exchange(ref _isAsleep, 1);
        if (_waiting.IsEmpty)
        {
            _wake.WaitOne();
        }

        _isAsleep = 0;
    }

    private static TimeSpan Forever() => Timeout.InfiniteTimeSpan;

    private bool Drain(Func<TimeSpan> patience)
    {
        bool hasAny = false;
        while (TryWriteNext(patience()))
        {
            hasAny = true;
        }

        TellDropped();
        return hasAny;
    }

    // Taken and written in one: at the end of the process the writer may have an older one in hand.
    private bool TryWriteNext(TimeSpan patience)
    {
        if (patience == TimeSpan.Zero || !_order.TryEnter(patience))
        {
            return false;
        }

        try
        {
            if (!_waiting.TryDequeue(out CrashRecord record))
            {
                return false;
            }

            log.Write(record);
            Interlocked.Decrement(ref _unwritten);
            return true;
        }
        finally
        {
            _order.Exit();
        }
    }

    private void TellDropped()
    {
        if (_dropped > 0 && Interlocked.Exchange(ref _dropped, 0) is > 0 and int dropped)
        {
            StandardError.WriteLine(string.Create(CultureInfo.InvariantCulture, $"flightrecorder: {dropped} errors were not written: {Capacity} were waiting already"));
        }
    }
}
