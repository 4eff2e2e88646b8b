using System.Diagnostics;
using System.Globalization;
using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Logging;

namespace FlightRecorder;

/// <summary>
/// The recorder of one host: hands out recordings, settles them at their end, has them encoded, and queues the lines for
/// the writer. Nothing here throws into the host.
/// </summary>
internal sealed class Recorder : IAsyncDisposable
{
    private readonly ActiveRecordingPool _pool;
    private readonly RecordingEncoder _encoder;
    private readonly RecordingQueue _queue;
    private readonly FaultGuard _guard;
    private readonly TimeProvider _time;
    private readonly StartClock _clock;
    private readonly ErrorKinds _errorKinds;
    private readonly Ring? _ring;
    private readonly StopClock _stopClock;
    private readonly Action<object, CrashTexts?, bool> _onUncaught;
    private RecorderMetrics? _metrics;
    private IDisposable? _signal;

    public Recorder(FlightRecorderOptions options, IRecordingStore store, ILogger logger, TimeProvider? time = null, RunInfo? run = null, Slots? slots = null)
    {
        Options = options;
        Run = run ?? new RunInfo();
        _time = time ?? TimeProvider.System;
        _guard = new FaultGuard(logger, Counters);
        _pool = new ActiveRecordingPool(this);
        _encoder = new RecordingEncoder(options, Run)
        {
            PartFailed = error => _guard.Report("redaction", error),
            PromptOf = StoredPrompts.AreSupported ? StoredPrompts.Of : null,
        };
        Slots = slots;
        _queue = new RecordingQueue(options, store, Counters, _guard, slots) { LastWord = LastWord };
        _clock = new StartClock(_time);
        _errorKinds = new ErrorKinds(_time);
        _stopClock = new StopClock(options.Queue.StopTimeout);
        _onUncaught = new CrashDump(this).Run;
        if (options.BlackBox.RingBytes > 0)
        {
            _ring = new Ring(options.BlackBox.RingBytes);
            RingDump = new RingDump(_ring, _pool, _queue, Keep);
        }
    }

    /// <summary>The recorder started last of those that run in this process: the one of operations outside any request.</summary>
    public static Recorder? Running => RunningRecorders.All is [.., var last] ? last : null;

    public FlightRecorderOptions Options { get; }

    public RunInfo Run { get; }

    public RecorderCounters Counters { get; } = new();

    /// <summary>The black box of requests in the air, or null where none is wanted.</summary>
    public Slots? Slots { get; }

    /// <summary>The redaction rules as they are now.</summary>
    public RedactionRules Rules => _encoder.Rules;

    public FaultGuard Guard => _guard;

    public RecordingQueue Queue => _queue;

    /// <summary>Writes what the ring holds; null without a ring.</summary>
    public RingDump? RingDump { get; }

    /// <summary>How many finished recordings the ring holds; they count as in flight.</summary>
    public int Held => _ring?.Count ?? 0;

    /// <summary>How many bytes they take.</summary>
    public long HeldBytes => _ring?.Bytes ?? 0;

    /// <summary>Whether anything may be recorded now.</summary>
    public bool IsOn => Options.Enabled && !_guard.IsOpen;

    /// <summary>Sees each recording after it was closed and before it is encoded; for tests.</summary>
    public Action<ActiveRecording>? Settling { get; set; }

    /// <summary>A recording has ended and is queued, not kept or lost; test probes wait for it.</summary>
    public event Action? Settled;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Only now: the assemblies with hashed members have registered by the time the host starts.
        var checks = new OptionChecks();
        RedactionRules.Validate(Options.Redaction, checks);
        checks.ThrowIfAny();
        await _queue.StartAsync(cancellationToken).ConfigureAwait(false);
        _metrics ??= new RecorderMetrics(this);
        _signal ??= _ring is null ? null : DumpSignal.Register(this);
        CrashNet.Watch(_onUncaught);
        RunningRecorders.Add(this);
    }

    /// <summary>Begins a recording, or returns null when nothing is recorded now.</summary>
    public ActiveRecording? Begin(RecordingKind kind)
    {
        if (!IsOn)
        {
            return null;
        }

        Counters.CountOffered();
        ActiveRecording recording = _pool.Rent();
        long timestamp = Stopwatch.GetTimestamp();
        recording.Open(kind, _clock.At(timestamp), timestamp);
        return recording;
    }

    /// <summary>Ends a recording whose facts are set: decides whether it is kept, and has it encoded and queued, held in the ring or let go. It may not be used afterwards.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="rule">The rule that holds for it, or null where there is none: it is kept.</param>
    public void End(ActiveRecording recording, RulePlan? rule)
    {
        if (!recording.Close())
        {
            return;
        }

        try
        {
            Settling?.Invoke(recording);
            recording.Trigger = TriggerDecision.Decide(recording, rule);
            bool isFirst = (recording.Trigger & Triggers.Error) != 0 && WeighError(recording);
            if (recording.Trigger != Triggers.None)
            {
                Store(recording, isFirst);
            }
            else if (_ring is { } ring)
            {
                ring.Add(recording, Counters);
            }
            else
            {
                Counters.CountNotKept(recording.NotKept);
            }
        }
        catch (Exception error)
        {
            Counters.CountDropped(DropReason.EncodeFailed);
            _guard.Report("encode", error);
        }

        Return(recording);
        Settled?.Invoke();
    }

    /// <summary>Lets go of a recording that its rule, judged at the end, does not want.</summary>
    public void Discard(ActiveRecording recording)
    {
        if (!recording.Close())
        {
            return;
        }

        Counters.CountNotKept(NotKeptReason.NotWanted);
        Return(recording);
        Settled?.Invoke();
    }

    /// <summary>Has what the ring holds written, in the background.</summary>
    /// <returns>How many recordings that is.</returns>
    public int Dump(Triggers trigger, string reason) => RingDump?.Start(trigger, reason) ?? 0;

    /// <summary>Stores a closed recording that a trigger asks for after its end. Never throws; the recording may not be used afterwards.</summary>
    public void Keep(ActiveRecording recording, Triggers trigger, string reason)
    {
        try
        {
            recording.NoteKept(trigger, reason);
            Store(recording, isPrecious: false);
        }
        catch (Exception error)
        {
            Counters.CountDropped(DropReason.EncodeFailed);
            _guard.Report("encode", error);
        }

        Return(recording);
        Settled?.Invoke();
    }

    /// <summary>Hides in the texts of an error what a closed recording hides.</summary>
    public void Scrub(ActiveRecording recording, CrashTexts texts) => _encoder.Scrub(recording, texts);

    /// <summary>All recordings that somebody uses, open or not; for a crash.</summary>
    public List<ActiveRecording> Made() => _pool.Made();

    /// <summary>Waits until everything dumped or queued so far has been handed to the store.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default)
        => RingDump is { } dump ? FlushAsync(dump, cancellationToken) : _queue.FlushAsync(cancellationToken);

    /// <summary>As <see cref="FlushAsync(CancellationToken)"/>, for as long as stopping may take.</summary>
    /// <exception cref="TimeoutException">The store did not take it in time.</exception>
    public Task DrainAsync(CancellationToken cancellationToken) => _stopClock.WaitAsync(FlushAsync(cancellationToken));

    /// <summary>Writes what is queued and stops the writer, within the time that stopping may take.</summary>
    public async ValueTask DisposeAsync()
    {
        RunningRecorders.Remove(this);
        CrashNet.Unwatch(_onUncaught);
        _signal?.Dispose();
        _ring?.Close(Counters);
        if (RingDump is { } dump)
        {
            await TryAsync(_stopClock.WaitAsync(dump.Finished)).ConfigureAwait(false);
        }

        await _queue.DisposeAsync(_stopClock.Left).ConfigureAwait(false);
        _metrics?.Dispose();
        Slots?.Close();
    }

    private LineBatch? LastWord()
        => Counters.Offered == 0 ? null : RunNote.Of(Run, LineHead.AppOf(Options), Counters, _time.GetUtcNow());

    // The queue took the slot over with the line; one that became no line is free again.
    private void Return(ActiveRecording recording)
    {
        Slots?.Release(recording.TakeSlot());
        _pool.Return(recording);
    }

    private async Task FlushAsync(RingDump dump, CancellationToken cancellationToken)
    {
        await dump.Finished.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _queue.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task TryAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _guard.Note("stop", error);
        }
    }

    // Only where errors are what a rule asks for, or where the queue may refuse the next one: telling kinds apart takes longer than
    // all else that is done here.
    private bool WeighError(ActiveRecording recording)
    {
        bool isAskedFor = recording.Trigger == Triggers.Error;
        if (!isAskedFor && !_queue.IsPressed)
        {
            return false;
        }

        ErrorVerdict verdict = _errorKinds.Judge(ErrorKind.Of(recording));
        if (isAskedFor && !verdict.IsKept)
        {
            recording.Trigger = Triggers.None;
            recording.NotKept = NotKeptReason.ErrorStorm;
        }
        else if (isAskedFor && verdict.Skipped > 0)
        {
            recording.NoteGap(new GapEntry("recordings", string.Create(CultureInfo.InvariantCulture, $"{verdict.Skipped} that failed alike before it were not kept")));
        }

        return verdict.IsFirst;
    }

    private void Store(ActiveRecording recording, bool isPrecious)
    {
        long sequence = Run.NextSequence();
        Slots?.End(recording.Slot, sequence);
        _encoder.EncodeInto(_queue, recording, sequence, isPrecious);
    }
}
