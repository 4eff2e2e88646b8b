using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Logging;

namespace FlightRecorder;

/// <summary>
/// The recorder of one host: hands out recordings, settles them at their end, has them encoded, and queues the lines for
/// the writer. Nothing here throws into the host.
/// </summary>
internal sealed class Recorder : IAsyncDisposable
{
    private static Recorder? s_running;

    private readonly ActiveRecordingPool _pool;
    private readonly RecordingEncoder _encoder;
    private readonly RecordingQueue _queue;
    private readonly FaultGuard _guard;
    private readonly TimeProvider _time;

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
        _queue = new RecordingQueue(options, store, Counters, _guard, slots);
    }

    /// <summary>The recorder started last in this process: the one of operations outside any request.</summary>
    public static Recorder? Running => Volatile.Read(ref s_running);

    public FlightRecorderOptions Options { get; }

    public RunInfo Run { get; }

    public RecorderCounters Counters { get; } = new();

    /// <summary>The black box of requests in the air, or null where none is wanted.</summary>
    public Slots? Slots { get; }

    /// <summary>The redaction rules as they are now.</summary>
    public RedactionRules Rules => _encoder.Rules;

    public FaultGuard Guard => _guard;

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
        Volatile.Write(ref s_running, this);
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
        recording.Open(kind, _time.GetUtcNow());
        return recording;
    }

    /// <summary>Ends a recording whose facts are set: decides whether it is kept, encodes and queues it. The recording may not be used afterwards.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="rule">The rule that holds for it, or null where there is none: it is kept.</param>
    public void End(ActiveRecording recording, RulePlan? rule)
    {
        recording.Close();
        try
        {
            Settling?.Invoke(recording);
            recording.Trigger = TriggerDecision.Decide(recording, rule);
            if (recording.Trigger == Triggers.None)
            {
                Counters.CountNotKept();
            }
            else
            {
                Store(recording);
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
        recording.Close();
        Counters.CountNotKept();
        Return(recording);
        Settled?.Invoke();
    }

    /// <summary>Waits until everything queued so far has been handed to the store.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) => _queue.FlushAsync(cancellationToken);

    /// <summary>Writes what is queued and stops the writer.</summary>
    public async ValueTask DisposeAsync()
    {
        Interlocked.CompareExchange(ref s_running, null, this);
        await _queue.DisposeAsync().ConfigureAwait(false);
        Slots?.Close();
    }

    // The queue took the slot over with the line; one that became no line is free again.
    private void Return(ActiveRecording recording)
    {
        Slots?.Release(recording.TakeSlot());
        _pool.Return(recording);
    }

    private void Store(ActiveRecording recording)
    {
        long sequence = Run.NextSequence();
        Slots?.End(recording.Slot, sequence);
        _encoder.EncodeInto(_queue, recording, sequence);
    }
}
