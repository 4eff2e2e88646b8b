using FlightRecorder.Tests.Core.Stores;

namespace FlightRecorder.Tests.Core.BlackBox;

public sealed class RingTests
{
    [Test]
    public async Task What_nothing_asked_for_is_held_and_not_encoded()
    {
        await using RingRig rig = await RingRig.StartAsync();
        rig.Pass();
        rig.Pass();

        Assert.Multiple(() =>
        {
            Assert.That((rig.Recorder.Held, rig.Counters.InFlight, rig.Counters.NotKept), Is.EqualTo((2, 2L, 0L)));
            Assert.That(rig.Recorder.Run.NextSequence(), Is.EqualTo(1), "no line was numbered");
        });
    }

    [Test]
    public async Task Without_a_ring_it_is_let_go_at_once()
    {
        await using RingRig rig = await RingRig.StartAsync(configure: o => o.BlackBox.RingBytes = 0);
        rig.Pass();

        Assert.That((rig.Recorder.Held, rig.Counters.InFlight, rig.Counters.NotKept), Is.EqualTo((0, 0L, 1L)));
        Assert.That(rig.Recorder.Dump(Triggers.Manual, "why"), Is.Zero);
    }

    [Test]
    public async Task A_dump_writes_what_is_held_oldest_first_with_trigger_and_reason()
    {
        await using RingRig rig = await RingRig.StartAsync();
        rig.Pass("/first");
        rig.Pass("/second");

        Assert.That(rig.Recorder.Dump(Triggers.Manual, "stock ran out"), Is.EqualTo(2));
        IReadOnlyList<Recording> stored = await rig.StoredAsync();
        Assert.Multiple(() =>
        {
            Assert.That(stored.Select(recording => recording.Request!.Path), Is.EqualTo(new[] { "/first", "/second" }));
            Assert.That(stored.Select(recording => recording.Trigger), Is.All.EqualTo(Triggers.Manual));
            Assert.That(stored[0].Timeline.Single(entry => entry.Type == "mark").Data.ToString(), Is.EqualTo("stock ran out"));
            Assert.That(stored[0].Outcome, Is.EqualTo(RecordingOutcome.Completed));
            Assert.That((rig.Recorder.Held, rig.Recorder.HeldBytes, rig.Counters.InFlight), Is.EqualTo((0, 0L, 0L)));
        });
        Assert.That(rig.Recorder.Dump(Triggers.Manual, "again"), Is.Zero, "each is written once");
    }

    [Test]
    public async Task The_oldest_make_room_for_newer_ones_and_count_as_not_kept()
    {
        await using RingRig rig = await RingRig.StartAsync(configure: o => o.BlackBox.RingBytes = 64 * 1024);
        for (int i = 0; i < 200; i++)
        {
            rig.Pass("/" + i, bodyBytes: 1000);
            Assert.That(rig.Recorder.HeldBytes, Is.LessThanOrEqualTo(64 * 1024));
        }

        int held = rig.Recorder.Held;
        Assert.That(rig.Counters.NotKeptFor(NotKeptReason.NoTrigger), Is.EqualTo(200 - held));
        rig.Recorder.Dump(Triggers.Manual, "why");
        IReadOnlyList<Recording> stored = await rig.StoredAsync();
        Assert.That(stored.Select(recording => recording.Request!.Path), Is.EqualTo(Enumerable.Range(200 - held, held).Select(i => "/" + i)));
    }

    [Test]
    public async Task One_that_is_larger_than_the_ring_is_let_go_and_takes_nothing_else_than_room()
    {
        await using RingRig rig = await RingRig.StartAsync(configure: o => o.BlackBox.RingBytes = 10_000);
        rig.Pass(bodyBytes: 100_000);

        Assert.That((rig.Recorder.Held, rig.Recorder.HeldBytes, rig.Counters.NotKept), Is.EqualTo((0, 0L, 1L)));
        rig.Pass();
        Assert.That(rig.Recorder.Held, Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_evicted_is_used_again_and_a_late_writer_writes_nothing_into_it()
    {
        await using RingRig rig = await RingRig.StartAsync(configure: o => o.BlackBox.RingBytes = 1);
        ActiveRecording first = rig.Begin();
        AmbientRecording late = first.Handle;
        rig.Recorder.End(first, RingRig.OnlyErrors);

        ActiveRecording second = rig.Begin();
        late.Mark("late");
        Assert.Multiple(() =>
        {
            Assert.That(second, Is.SameAs(first), "the pool gave it back");
            Assert.That(second.Timeline.Length, Is.Zero);
            Assert.That(rig.Counters.LateWrites, Is.EqualTo(1));
        });
        rig.Recorder.End(second, null);
    }

    [Test]
    public async Task A_late_writer_writes_nothing_into_one_that_is_held()
    {
        await using RingRig rig = await RingRig.StartAsync();
        ActiveRecording recording = rig.Begin();
        AmbientRecording late = recording.Handle;
        rig.Recorder.End(recording, RingRig.OnlyErrors);
        late.Mark("late");
        rig.Recorder.Dump(Triggers.Manual, "why");

        Assert.That((await rig.StoredAsync()).Single().Timeline.Select(entry => entry.Detail), Has.None.EqualTo("late"));
    }

    [Test]
    public async Task The_memory_of_the_process_stays_within_the_bytes()
    {
        const int RingBytes = 32 * 1024 * 1024;
        await using RingRig rig = await RingRig.StartAsync(configure: o => o.BlackBox.RingBytes = RingBytes);
        rig.Pass();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 30_000; i++)
        {
            ActiveRecording recording = rig.Begin("/orders/" + i);
            recording.Query.Add(new NameValues("page", i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            recording.RequestHeaders.Add(new NameValues("user-agent", new string('u', 60)));
            recording.Handle.Mark("seen " + i, i);
            recording.RequestBody.Buffer.Start(32 * 1024);
            recording.RequestBody.Buffer.Append(new byte[i % 12_000]);
            rig.Recorder.End(recording, RingRig.OnlyErrors);
        }

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Multiple(() =>
        {
            Assert.That(rig.Recorder.HeldBytes, Is.InRange(RingBytes * 9L / 10, RingBytes), "the ring is full");

            // Beside the ring: the few that are kept for the next requests.
            Assert.That(grown, Is.LessThan(RingBytes * 1.1));
        });
        GC.KeepAlive(rig);
    }

    [Test]
    public async Task Nothing_is_counted_twice_or_lost_under_load_with_dumps()
    {
        const int Threads = 4;
        const int Each = 5000;
        var rig = await RingRig.StartAsync(configure: o => o.BlackBox.RingBytes = 256 * 1024);
        using var stop = new CancellationTokenSource();
        Task dumping = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                rig.Recorder.Dump(Triggers.Manual, "why");
                await Task.Delay(1);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                rig.Pass("/" + thread, error: i % 50 == 0 ? new InvalidOperationException("no stock") : null);
            }
        })));
        await stop.CancelAsync();
        await dumping;
        await rig.Recorder.FlushAsync();
        rig.AssertBalanced();
        Assert.That(rig.Counters.InFlight, Is.EqualTo(rig.Recorder.Held));

        await rig.DisposeAsync();
        rig.AssertBalanced();
        Assert.Multiple(() =>
        {
            Assert.That((rig.Counters.Offered, rig.Counters.InFlight, rig.Recorder.Held), Is.EqualTo(((long)Threads * Each, 0L, 0)));
            Assert.That(rig.Counters.Stored, Is.GreaterThan(0));
            Assert.That(rig.Counters.NotKept, Is.GreaterThan(0));
        });
    }

    [Test]
    public async Task A_dump_goes_no_faster_than_the_store_takes_it_and_loses_nothing()
    {
        var store = new FakeStore();
        await using RingRig rig = await RingRig.StartAsync(store, o =>
        {
            o.BlackBox.RingBytes = 64 * 1024 * 1024;
            o.Queue.MaxBytes = 1024 * 1024;
        });
        for (int i = 0; i < 2000; i++)
        {
            rig.Pass(bodyBytes: 3000);
        }

        store.Stall();
        rig.Recorder.Dump(Triggers.Manual, "why");
        Assert.That(store.Entered.Wait(TimeSpan.FromSeconds(20)), Is.True);
        Assert.That(rig.Recorder.Queue.Bytes, Is.LessThan(1024 * 1024));
        store.Resume();
        await rig.Recorder.FlushAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That((rig.Counters.Stored, rig.Counters.AllDropped), Is.EqualTo((2000L, 0L)));
    }

    [Test]
    public async Task What_is_held_at_the_end_counts_as_not_kept()
    {
        var rig = await RingRig.StartAsync();
        rig.Pass();
        ActiveRecording straggler = rig.Begin();
        await rig.DisposeAsync();
        rig.Recorder.End(straggler, RingRig.OnlyErrors);

        Assert.That((rig.Counters.NotKept, rig.Counters.InFlight), Is.EqualTo((2L, 0L)));
    }

    [Test]
    [NonParallelizable]
    public async Task Flight_dump_keeps_the_ring_and_the_recording_it_is_called_in()
    {
        await using RingRig rig = await RingRig.StartAsync();
        rig.Pass("/before");
        ActiveRecording recording = rig.Begin("/now");
        AmbientHolder holder = AmbientHolder.Enter(recording, null);
        Assert.That(Flight.Dump("stock ran out"), Is.EqualTo(1));
        holder.Leave();
        AmbientHolder.Restore(null);
        rig.Recorder.End(recording, RingRig.OnlyErrors);

        IReadOnlyList<Recording> stored = await rig.StoredAsync();
        Assert.That(stored.Select(found => (found.Request!.Path, found.Trigger)), Is.EquivalentTo(new[] { ("/before", Triggers.Manual), ("/now", Triggers.Manual) }));
    }
}
