namespace FlightRecorder;

/// <summary>
/// The bounded queue between requests and the store, and the one writer thread that empties it in batches. Requests never
/// wait: the writer is woken once when it is idle, lingers while more comes, and is hurried only when a lot waits.
/// </summary>
internal sealed class RecordingQueue : IAsyncDisposable
{
    /// <summary>A batch is at most this large, except a single longer line.</summary>
    public const int MaxBatchBytes = 256 * 1024;

    private const int HurryBytes = 1024 * 1024;

    // The part of the room that is left to the first of each kind of error.
    private const int ReservePart = 16;

    private static readonly TimeSpan s_linger = TimeSpan.FromMilliseconds(3);

    // What earlier runs left is mostly written by then; a store that hangs is not waited for.
    private static readonly TimeSpan s_recoveryLimit = TimeSpan.FromSeconds(1);

    // Never changed.
    private readonly IRecordingStore _store;
    private readonly RecorderCounters _counters;
    private readonly FaultGuard _guard;
    private readonly BatchWriter _writer;
    private readonly RunEnds _ends;
    private readonly Slots? _slots;
    private readonly long _maxBytes;
    private readonly long _reserve;
    private readonly CancellationTokenSource _givenUp = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Set by any side, awaited by the writer. No spinning: on a busy core that takes time from requests.
    private readonly ManualResetEventSlim _signal = new(false, spinCount: 0);

    // Producers add, the writer subtracts; interlocked.
    private long _bytes;
    private long _wakeUps;

    // Producers and the writer, under the lock.
    private readonly Lock _gate = new();
    private readonly QueueTally _tally;
    private readonly LineBatches _incoming = new();
    private WriterState _state = WriterState.NotStarted;
    private bool _hurry;
    private bool _closed;

    // The writer only; the mark is read by any.
    private List<LineBatch> _drained = [];
    private bool _drainedLines;
    private bool _isFailing;

    public RecordingQueue(FlightRecorderOptions options, IRecordingStore store, RecorderCounters counters, FaultGuard guard, Slots? slots = null)
    {
        _store = store;
        _counters = counters;
        _guard = guard;
        _slots = slots;
        _maxBytes = options.Queue.MaxBytes;
        _reserve = _maxBytes / ReservePart;
        _writer = new BatchWriter(store, guard, options.OnRecorded);
        _ends = new RunEnds(_writer, slots, counters, guard);
        _tally = new QueueTally(counters);
    }

    /// <summary>How long stopping may take; what is not stored by then is counted as dropped. The host exits whatever the store does.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A line of the run itself that a journal gets last of all, or null.</summary>
    public Func<LineBatch?>? LastWord { get; init; }

    /// <summary>How often a producer woke the writer.</summary>
    public long WakeUps => Interlocked.Read(ref _wakeUps);

    /// <summary>The bytes that wait or are being written.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether so much waits that soon there may be no room.</summary>
    public bool IsPressed => Bytes > _maxBytes / 2;

    /// <summary>Whether the store did not take what it was given last.</summary>
    public bool IsFailing => Volatile.Read(ref _isFailing);

    /// <summary>Whether the writer sleeps until it is woken.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _state == WriterState.Idle;
            }
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _store.InitializeAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_state != WriterState.NotStarted || _closed)
            {
                return;
            }

            _state = WriterState.Busy;
        }

        _slots?.Open();

        // Unsafe start: the writer must not inherit the ambient context of who starts the host.
        new Thread(Run) { IsBackground = true, Name = "FlightRecorder writer" }.UnsafeStart();
        await Task.WhenAny(_ready.Task, Task.Delay(s_recoveryLimit, CancellationToken.None)).ConfigureAwait(false);
    }

    /// <summary>Says that a line of about this length will be queued soon.</summary>
    public void Expect(int bytes) => _incoming.Filling?.Prefetch(bytes);

    /// <summary>Copies a line, with its line feed. Never waits for the store; what does not fit is counted as dropped. The recording's slot is given back when the line is written or dropped.</summary>
    /// <param name="id">The recording's id.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="line">The line.</param>
    /// <param name="isPrecious">Whether it may take of the room that is left to few.</param>
    /// <param name="slot">The recording's slot; negative where it has none.</param>
    public void Enqueue(Guid id, long sequence, ReadOnlySpan<byte> line, bool isPrecious = false, int slot = -1)
    {
        long waiting = Interlocked.Add(ref _bytes, line.Length);
        if (waiting > _maxBytes - (isPrecious ? 0 : _reserve))
        {
            Refuse(line.Length, DropReason.QueueFull, slot);
            return;
        }

        bool wake;
        lock (_gate)
        {
            if (!_closed)
            {
                _incoming.Add(id, sequence, line, slot);
                _tally.Add();
                wake = MustWake(waiting);
            }
            else
            {
                Refuse(line.Length, DropReason.Shutdown, slot);
                return;
            }
        }

        if (wake)
        {
            Interlocked.Increment(ref _wakeUps);
            _signal.Set();
        }
    }

    /// <summary>Waits until everything queued before the call was handed to the store, stored or not.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        Task finished;
        lock (_gate)
        {
            if (_tally.IsFinished || _state is WriterState.NotStarted or WriterState.Ended)
            {
                return Task.CompletedTask;
            }

            finished = _tally.WhenFinished();
            _hurry = true;
        }

        _signal.Set();
        return finished.WaitAsync(cancellationToken);
    }

    /// <summary>Stores what waits and ends the writer and the store, within <see cref="StopLimit"/>.</summary>
    public ValueTask DisposeAsync() => DisposeAsync(StopLimit);

    /// <summary>The same, within another time.</summary>
    public async ValueTask DisposeAsync(TimeSpan limit)
    {
        bool started;
        lock (_gate)
        {
            _closed = true;
            _hurry = true;
            started = _state != WriterState.NotStarted;
        }

        _signal.Set();
        try
        {
            Task ending = started ? _ended.Task : _store.DisposeAsync().AsTask();
            await ending.WaitAsync(limit).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _guard.Note("stop", error);
        }

        Abandon();
    }

    private void Refuse(int bytes, DropReason reason, int slot)
    {
        Interlocked.Add(ref _bytes, -bytes);
        _slots?.Release(slot);
        _counters.CountDropped(reason);
    }

    private bool MustWake(long waiting)
    {
        if (_state == WriterState.Idle)
        {
            _state = WriterState.Lingering;
            return true;
        }

        if (_state == WriterState.Lingering && waiting >= HurryBytes && !_hurry)
        {
            _hurry = true;
            return true;
        }

        return false;
    }

    private void Run()
    {
        // Before anything of this run, and by the thread that alone calls the store.
        _ends.Recover(_givenUp.Token);
        _ready.TrySetResult();
        bool more = true;
        while (more)
        {
            try
            {
                WaitForWork();
                Linger();
                more = Drain();
            }
            catch (Exception error)
            {
                _guard.Report("writer", error);
            }
        }

        End();
    }

    private void WaitForWork()
    {
        TimeSpan due = _writer.RunDue();
        due = _slots?.BeatUntil(due) ?? due;
        lock (_gate)
        {
            _hurry |= _closed || _tally.HasWaiters || Bytes >= HurryBytes;
            if (!_incoming.IsEmpty || _hurry || _drainedLines)
            {
                // While requests keep coming none has to wake the writer.
                _state = WriterState.Lingering;
                return;
            }

            _state = WriterState.Idle;
            _signal.Reset();
        }

        if (!_signal.Wait(due))
        {
            // Nothing came until the store had something to do again.
            lock (_gate)
            {
                _incoming.Trim();
            }
        }
    }

    // A batch costs about the same for one line as for many.
    private void Linger()
    {
        lock (_gate)
        {
            if (_hurry || _state == WriterState.Idle)
            {
                return;
            }

            _signal.Reset();
        }

        _signal.Wait(s_linger);
    }

    private bool Drain()
    {
        bool closed;
        lock (_gate)
        {
            _drained = _incoming.Take(_drained);
            _drainedLines = _drained.Count > 0;
            _state = WriterState.Busy;
            _hurry = false;
            closed = _closed;
        }

        try
        {
            foreach (LineBatch batch in _drained)
            {
                WriteBatch(batch);
            }
        }
        finally
        {
            _drained.Clear();
            lock (_gate)
            {
                _tally.CompleteWaiters();
            }
        }

        return !closed;
    }

    private void WriteBatch(LineBatch batch)
    {
        int bytes = batch.Length;
        int lines = batch.Count;
        try
        {
            bool stored = _writer.TryWrite(batch, _givenUp.Token);
            Volatile.Write(ref _isFailing, !stored);
            if (Settle(lines, stored ? lines - _writer.LeftOut : 0) && stored)
            {
                _guard.Succeeded();
                _writer.Announce(batch);
            }
        }
        finally
        {
            Interlocked.Add(ref _bytes, -bytes);
            FreeSlots(batch);
            lock (_gate)
            {
                _tally.Finish(lines);
                _incoming.Return(batch);
            }
        }
    }

    // What was given up at the end of the process keeps its slots: the next start shows it.
    private void FreeSlots(LineBatch batch)
    {
        if (_slots is { } slots && !_givenUp.IsCancellationRequested)
        {
            slots.Release(batch);
        }
    }

    private bool Settle(int lines, int stored)
    {
        lock (_gate)
        {
            return _tally.TrySettle(lines, stored);
        }
    }

    private void End()
    {
        _ends.SayLastWord(LastWord, _givenUp.Token);
        _writer.End();
        _ended.TrySetResult();
    }

    private void Abandon()
    {
        _givenUp.Cancel();
        lock (_gate)
        {
            _state = WriterState.Ended;
            _tally.Abandon();
        }

        _ended.TrySetResult();
    }
}
