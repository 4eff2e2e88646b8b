using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.AdoNet.Support;

/// <summary>A recorder whose recordings are looked at when they end.</summary>
internal sealed class TestRecorder : IAsyncDisposable
{
    private readonly Recorder _recorder;
    private readonly LineStore _store;
    private readonly List<Taken> _taken = [];
    private long _expectedFaults;

    private TestRecorder(Recorder recorder, LineStore store)
    {
        _recorder = recorder;
        _store = store;
        recorder.Settling = recording => _taken.Add(new Taken(recording));
    }

    /// <summary>Failures of the recorder itself; after a recording there must be no more than expected.</summary>
    public long Faults => _recorder.Counters.Faults;

    public void ExpectFaults(int more) => _expectedFaults = Faults + more;

    public static async Task<TestRecorder> StartAsync()
    {
        var store = new LineStore();
        var recorder = new Recorder(new FlightRecorderOptions(), store, NullLogger.Instance);
        await recorder.StartAsync(CancellationToken.None);
        return new TestRecorder(recorder, store);
    }

    /// <summary>Does something inside a recording of its own.</summary>
    public Taken Record(Action work)
    {
        using (Flight.Begin("test"))
        {
            work();
        }

        Assert.That(Faults, Is.EqualTo(_expectedFaults), "the recorder itself failed");
        return _taken[^1];
    }

    /// <inheritdoc cref="Record" />
    public async Task<Taken> RecordAsync(Func<Task> work)
    {
        using (Flight.Begin("test"))
        {
            await work();
        }

        Assert.That(Faults, Is.EqualTo(_expectedFaults), "the recorder itself failed");
        return _taken[^1];
    }

    /// <summary>Does something inside a recording, and returns the line as it was written.</summary>
    public async Task<string> RecordLineAsync(Action work)
    {
        Record(work);
        await _recorder.FlushAsync();
        return _store.Last;
    }

    public ValueTask DisposeAsync() => _recorder.DisposeAsync();
}
