using System.Text;
using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.Core.BlackBox;

/// <summary>A recorder with a ring over a store, and requests that its rule keeps only when they fail.</summary>
internal sealed class RingRig : IAsyncDisposable
{
    public static readonly RulePlan OnlyErrors = new() { Keep = KeepWhen.Error };

    public RingRig(IRecordingStore? store = null, Action<FlightRecorderOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new FlightRecorderOptions();
        options.BlackBox.RingBytes = 1024 * 1024;
        configure?.Invoke(options);
        Memory = new MemoryStore(100_000);
        Recorder = new Recorder(options, store ?? Memory, NullLogger.Instance, time);
    }

    public MemoryStore Memory { get; }

    public Recorder Recorder { get; }

    public RecorderCounters Counters => Recorder.Counters;

    public static async Task<RingRig> StartAsync(IRecordingStore? store = null, Action<FlightRecorderOptions>? configure = null, TimeProvider? time = null)
    {
        var rig = new RingRig(store, configure, time);
        await rig.Recorder.StartAsync(CancellationToken.None);
        return rig;
    }

    public ActiveRecording Begin(string path = "/orders")
    {
        ActiveRecording recording = Recorder.Begin(RecordingKind.Request)!;
        recording.Method = "POST";
        recording.Path = path;
        recording.Status = 200;
        recording.Announce();
        return recording;
    }

    /// <summary>A request with a body, begun and ended.</summary>
    public void Pass(string path = "/orders", int bodyBytes = 100, Exception? error = null)
    {
        ActiveRecording recording = Begin(path);
        recording.RequestBody.ContentType = "text/plain";
        recording.RequestBody.State = BodyState.Complete;
        recording.RequestBody.Buffer.Start(bodyBytes);
        recording.RequestBody.Buffer.Append(Encoding.UTF8.GetBytes(new string('b', bodyBytes)));
        if (error is not null)
        {
            recording.Handle.Append(error, handled: false);
        }

        Recorder.End(recording, OnlyErrors);
    }

    /// <summary>What was stored, oldest first.</summary>
    public async Task<IReadOnlyList<Recording>> StoredAsync()
    {
        await Recorder.FlushAsync().WaitAsync(TimeSpan.FromSeconds(20));
        var stored = new List<Recording>();
        foreach (RecordingSummary summary in await Memory.ListAsync(new RecordingQuery { Limit = 10_000 }))
        {
            stored.Add((await Memory.GetAsync(summary.Id))!);
        }

        return [.. stored.OrderBy(recording => recording.Sequence)];
    }

    public void AssertBalanced()
        => Assert.That(
            Counters.Offered, Is.EqualTo(Counters.Stored + Counters.AllDropped + Counters.NotKept + Counters.InFlight), "offered = stored + dropped + notKept + inFlight");

    public ValueTask DisposeAsync() => Recorder.DisposeAsync();
}
