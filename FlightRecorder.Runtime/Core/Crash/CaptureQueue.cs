using System.Collections.Concurrent;
using System.Diagnostics;

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

    private static readonly TimeSpan MaxFlush = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<CrashRecord> _waiting = new();
    private readonly Lock _order = new();
    private readonly AutoResetEvent _wake = new(false);
    private int _isStarted;
    private int _isAsleep;
    private int _unwritten;
    private int _dropped;

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

    /// <summary>Writes what waits, on this thread, and waits for what the writer has in hand; at most some seconds.</summary>
    public void Flush()
    {
        if (_isStarted == 1)
        {
            long started = Stopwatch.GetTimestamp();
            Drain(started);
            SpinWait.SpinUntil(() => Volatile.Read(ref _unwritten) == 0, Max(MaxFlush - Stopwatch.GetElapsedTime(started)));
        }
    }

    private static TimeSpan Max(TimeSpan left) => left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private void Start()
    {
        try
        {
            new Thread(Run) { IsBackground = true, Name = "FlightRecorder crash log" }.Start();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Flush();
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            // No thread is to be had: then this one writes, and the next error tries again.
            Drain(null);
            _isStarted = 0;
        }
    }

    private void Run()
    {
        int idle = 0;
        while (true)
        {
            idle = Drain(null) ? 0 : idle + 1;
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

    private bool Drain(long? started)
    {
        bool hasAny = false;
        while (TryWriteNext(started is null ? Timeout.InfiniteTimeSpan : Max(MaxFlush - Stopwatch.GetElapsedTime(started.Value))))
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
            StandardError.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"flightrecorder: {dropped} errors were not written: {Capacity} were waiting already"));
        }
    }
}
