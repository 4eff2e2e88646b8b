using Microsoft.Extensions.Logging;

namespace FlightRecorder.Tests.Core.Stores;

/// <summary>A queue over a store, with its counters and what was logged.</summary>
internal sealed class QueueRig : IAsyncDisposable
{
    public QueueRig(IRecordingStore store, Action<FlightRecorderOptions>? configure = null, TimeSpan? stopLimit = null)
    {
        var options = new FlightRecorderOptions();
        configure?.Invoke(options);
        Guard = new FaultGuard(Log, Counters);
        Queue = new RecordingQueue(options, store, Counters, Guard) { StopLimit = stopLimit ?? TimeSpan.FromSeconds(5) };
    }

    public RecorderCounters Counters { get; } = new();

    public FaultGuard Guard { get; }

    public LogLines Log { get; } = new();

    public RecordingQueue Queue { get; }

    public long Dropped => Enum.GetValues<DropReason>().Distinct().Sum(Counters.Dropped);

    public static async Task<QueueRig> StartAsync(IRecordingStore store, Action<FlightRecorderOptions>? configure = null, TimeSpan? stopLimit = null)
    {
        var rig = new QueueRig(store, configure, stopLimit);
        await rig.Queue.StartAsync(CancellationToken.None);
        return rig;
    }

    /// <summary>Queues lines as the recorder does: each was offered before.</summary>
    public void Enqueue(params IEnumerable<EncodedRecording> lines)
    {
        foreach (EncodedRecording line in lines)
        {
            Counters.CountOffered();
            Queue.Enqueue(line);
        }
    }

    public Task FlushAsync() => Queue.FlushAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));

    public void AssertBalanced()
        => Assert.That(Counters.Offered, Is.EqualTo(Counters.Stored + Dropped + Counters.NotKept + Counters.InFlight), "offered = stored + dropped + notKept + inFlight");

    public ValueTask DisposeAsync() => Queue.DisposeAsync();
}

/// <summary>Lines made for tests, queued as the encoder queues its own.</summary>
internal static class QueuedLines
{
    public static void Enqueue(this RecordingQueue queue, EncodedRecording line) => queue.Enqueue(line.Id, line.Sequence, line.Line.Span);
}

/// <summary>What was logged, as text.</summary>
internal sealed class LogLines : ILogger
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add(formatter(state, exception));
        }
    }
}
