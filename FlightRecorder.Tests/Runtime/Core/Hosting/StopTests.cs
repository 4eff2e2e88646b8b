using System.Diagnostics;
using FlightRecorder.Tests.Core.BlackBox;
using FlightRecorder.Tests.Core.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder.Tests.Core.Hosting;

[NonParallelizable]
public sealed class StopTests
{
    [Test]
    public async Task A_store_that_never_returns_delays_the_stop_of_the_host_no_longer_than_the_option_says()
    {
        var store = new FakeStore();
        using var rig = new WorkerRig(
            o => o.Queue.StopTimeout = TimeSpan.FromMilliseconds(300),
            builder => builder.Services.AddSingleton<IRecordingStore>(store));
        await rig.Worker.StartAsync();
        store.Stall();
        rig.Worker.Services.GetRequiredService<Recorder>().End(rig.Worker.Services.GetRequiredService<Recorder>().Begin(RecordingKind.Operation)!, null);
        RecorderCounters counters = rig.Counters;

        long started = Stopwatch.GetTimestamp();
        await rig.Worker.StopAsync();
        await ((IAsyncDisposable)rig.Worker).DisposeAsync();
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        store.Resume();

        // The stop and the disposal share the time; the rest is what a busy machine adds.
        Assert.That(took, Is.GreaterThan(TimeSpan.FromMilliseconds(250)).And.LessThan(TimeSpan.FromSeconds(3)));
        Assert.That((counters.Dropped(DropReason.Shutdown), counters.InFlight), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public async Task A_dump_that_the_store_does_not_take_does_not_delay_the_stop_either()
    {
        var store = new FakeStore();
        store.Stall();
        var rig = await RingRig.StartAsync(store, o =>
        {
            o.Queue.MaxBytes = 1024 * 1024;
            o.Queue.StopTimeout = TimeSpan.FromMilliseconds(300);
            o.BlackBox.RingBytes = 64 * 1024 * 1024;
        });
        for (int i = 0; i < 1000; i++)
        {
            rig.Pass(bodyBytes: 3000);
        }

        rig.Recorder.Dump(Triggers.Manual, "why");
        long started = Stopwatch.GetTimestamp();
        await rig.DisposeAsync();
        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(3)));
        store.Resume();
        await rig.Recorder.RingDump!.Finished.WaitAsync(TimeSpan.FromSeconds(20));
        rig.AssertBalanced();
        Assert.That(rig.Counters.InFlight, Is.Zero);
    }

    [Test]
    public async Task What_waits_is_written_before_the_host_ends()
    {
        var store = new FakeStore();
        using var rig = new WorkerRig(configure: builder => builder.Services.AddSingleton<IRecordingStore>(store));
        await rig.Worker.StartAsync();
        Recorder recorder = rig.Worker.Services.GetRequiredService<Recorder>();
        for (int i = 0; i < 100; i++)
        {
            recorder.End(recorder.Begin(RecordingKind.Operation)!, null);
        }

        await rig.Worker.StopAsync();
        Assert.That(store.Sequences, Has.Count.EqualTo(100));
    }

    [Test]
    public async Task A_store_that_the_app_registered_itself_is_used()
    {
        var store = new FakeStore();
        using var rig = new WorkerRig(configure: builder =>
        {
            builder.Services.AddFlightRecorderCore().UseStore<FakeStore>();
            builder.Services.AddSingleton(store);
        });
        await rig.Worker.StartAsync();
        Flight.Begin("turn").Dispose();
        await rig.Worker.StopAsync();

        Assert.That(store.Sequences, Has.Count.EqualTo(1));
    }
}
