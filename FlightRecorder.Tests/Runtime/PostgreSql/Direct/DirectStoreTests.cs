using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Direct;

public sealed class DirectStoreTests
{
    private const string Away = "Host=127.0.0.1;Port=1;Username=u;Database=d;Timeout=2";

    [Test]
    public async Task A_batch_waits_for_the_server_until_it_is_given_up()
    {
        await using StoreRig rig = StoreRig.Over(Away);
        await using DirectStore store = NewStore(rig);
        using var end = new CancellationTokenSource();

        Task writing = store.WriteAsync([Recording(1)], end.Token).AsTask();
        Task first = await Task.WhenAny(writing, Task.Delay(TimeSpan.FromMilliseconds(500)));
        await end.CancelAsync();

        Assert.That(first, Is.Not.SameAs(writing));
        Assert.That(async () => await writing, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task While_the_server_is_away_the_queue_is_bounded_and_each_loss_is_counted()
    {
        await using StoreRig rig = StoreRig.Over(Away);
        var options = new FlightRecorderOptions();
        options.Queue.MaxBytes = 1024 * 1024;
        await using var recorder = new Recorder(options, NewStore(rig), rig.Log);
        await recorder.StartAsync(CancellationToken.None);

        const int offered = 20_000;
        for (int i = 0; i < offered; i++)
        {
            recorder.End(recorder.Begin(RecordingKind.Operation)!, rule: null);
        }

        RecorderCounters counters = recorder.Counters;
        Assert.Multiple(() =>
        {
            Assert.That(counters.Dropped(DropReason.QueueFull), Is.GreaterThan(0));
            Assert.That(counters.Stored + counters.InFlight + counters.Dropped(DropReason.QueueFull), Is.EqualTo(offered));
        });
    }

    [Test]
    public async Task What_the_server_refuses_does_not_hold_up_the_rest()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await using DirectStore store = NewStore(rig);
        var broken = new EncodedRecording { Id = Guid.NewGuid(), Sequence = 2, Line = LineBuilder.Bytes("""{"v":1}""") };

        await store.WriteAsync([Recording(1), broken, Recording(3)], CancellationToken.None);

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(2));
        Assert.That(rig.Log.CountOf(65), Is.EqualTo(1));
    }

    [Test]
    public async Task What_the_server_refuses_is_counted_as_dropped_not_as_stored()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        int announced = 0;
        var options = new FlightRecorderOptions { OnRecorded = _ => announced++ };
        await using var recorder = new Recorder(options, NewStore(rig), rig.Log, new YearsAhead());
        await recorder.StartAsync(CancellationToken.None);
        recorder.End(recorder.Begin(RecordingKind.Operation)!, rule: null);
        recorder.End(recorder.Begin(RecordingKind.Operation)!, rule: null);
        await recorder.FlushAsync(CancellationToken.None);

        RecorderCounters counters = recorder.Counters;
        Assert.That((counters.Stored, counters.Dropped(DropReason.StoreFailed), counters.InFlight, counters.Offered), Is.EqualTo((0L, 2L, 0L, 2L)));
        Assert.That(announced, Is.Zero);
    }

    [Test]
    public async Task A_store_says_which_of_a_batch_it_left_out()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await using DirectStore store = NewStore(rig);
        var broken = new EncodedRecording { Id = Guid.NewGuid(), Sequence = 2, Line = LineBuilder.Bytes("""{"v":1}""") };
        var future = new EncodedRecording
        {
            Id = LineBuilder.Id(3),
            Sequence = 3,
            Line = LineBuilder.Bytes(LineBuilder.Request(3, at: DateTimeOffset.UtcNow.AddYears(2))),
        };

        await store.WriteAsync([Recording(1), broken, future], CancellationToken.None);
        Guid[] first = [.. store.LeftOut];
        await store.WriteAsync([Recording(4)], CancellationToken.None);

        Assert.That(first, Is.EquivalentTo(new[] { broken.Id, future.Id }));
        Assert.That(store.LeftOut, Is.Empty);
    }

    private static DirectStore NewStore(StoreRig rig) => new(rig.Connections, rig.Log, new ShipState(TimeProvider.System));

    private static EncodedRecording Recording(int number)
        => new() { Id = LineBuilder.Id(number), Sequence = number, Line = LineBuilder.Bytes(LineBuilder.Request(number)) };

    private sealed class YearsAhead : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddYears(3);
    }
}
