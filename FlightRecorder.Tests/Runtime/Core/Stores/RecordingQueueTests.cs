namespace FlightRecorder.Tests.Core.Stores;

public class RecordingQueueTests
{
    [Test]
    public async Task Four_producers_have_each_of_their_lines_stored_exactly_once()
    {
        var store = new FakeStore();
        await using QueueRig rig = await QueueRig.StartAsync(store);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(producer => Task.Run(() => rig.Enqueue(Lines.Requests(producer * 5000, 5000)))));
        await rig.FlushAsync();

        Assert.That(store.Sequences, Is.EquivalentTo(Enumerable.Range(0, 20_000).Select(i => (long)i)));
        Assert.That(rig.Counters.Stored, Is.EqualTo(20_000));
        Assert.That(rig.Counters.InFlight, Is.Zero);
        Assert.That(rig.Queue.Bytes, Is.Zero);
    }

    [Test]
    public async Task Lines_of_one_producer_keep_their_order()
    {
        var store = new FakeStore();
        await using QueueRig rig = await QueueRig.StartAsync(store);

        rig.Enqueue(Lines.Requests(0, 3000));
        await rig.FlushAsync();

        Assert.That(store.Sequences, Is.Ordered);
    }

    [Test]
    public async Task A_burst_wakes_the_writer_at_most_once_until_a_lot_waits()
    {
        var store = new FakeStore();
        await using QueueRig rig = await QueueRig.StartAsync(store);
        EncodedRecording[] lines = Lines.Requests(0, 200);
        await UntilAsync(() => rig.Queue.IsIdle);

        store.Stall();
        rig.Enqueue(lines);
        long wakeUps = rig.Queue.WakeUps;
        store.Resume();
        await rig.FlushAsync();

        // The writer may have begun a batch in between and gone on lingering, but nobody had to wake it again.
        Assert.That(wakeUps, Is.EqualTo(1));
        Assert.That(store.Batches, Has.Count.LessThan(20));
    }

    [Test]
    public async Task A_stalled_store_costs_no_more_memory_than_the_limit_and_the_rest_is_counted()
    {
        var store = new FakeStore();
        await using QueueRig rig = await QueueRig.StartAsync(store, options => options.Queue.MaxBytes = 1024 * 1024);
        store.Stall();

        rig.Enqueue(Enumerable.Range(0, 100).Select(i => Lines.Request(i, Lines.Padding(64 * 1024))));

        Assert.That(rig.Queue.Bytes, Is.LessThanOrEqualTo(1024 * 1024));

        // A sixteenth of the room is left to the first of each kind of error.
        Assert.That(rig.Counters.Dropped(DropReason.QueueFull), Is.EqualTo(86));
        rig.AssertBalanced();
        store.Resume();
        await rig.FlushAsync();
        Assert.That(rig.Counters.Stored, Is.EqualTo(14));
        Assert.That(rig.Counters.InFlight, Is.Zero);
        rig.AssertBalanced();
    }

    [Test]
    public async Task No_batch_is_larger_than_a_megabyte_except_a_single_line()
    {
        var store = new FakeStore();
        await using QueueRig rig = await QueueRig.StartAsync(store);
        store.Stall();
        rig.Enqueue(Lines.Request(0));
        store.Entered.Wait(TimeSpan.FromSeconds(10));

        rig.Enqueue(Enumerable.Range(1, 4).Select(i => Lines.Request(i, Lines.Padding(700_000))));
        rig.Enqueue(Lines.Request(5, Lines.Padding(2_000_000)));
        store.Resume();
        await rig.FlushAsync();

        Assert.That(store.Batches, Is.EqualTo(new[] { 1, 1, 1, 1, 1, 1 }));
    }

    [Test]
    public async Task A_store_that_fails_costs_its_batch_is_reported_once_and_is_tried_again()
    {
        var store = new FakeStore { Failure = batch => batch <= 150 ? new InvalidOperationException("down") : null };
        await using QueueRig rig = await QueueRig.StartAsync(store);

        for (int i = 0; i < 151; i++)
        {
            rig.Enqueue(Lines.Request(i));
            await rig.FlushAsync();
        }

        Assert.That(rig.Counters.Dropped(DropReason.StoreFailed), Is.EqualTo(150));
        Assert.That(rig.Counters.Stored, Is.EqualTo(1));
        Assert.That(rig.Counters.Faults, Is.EqualTo(150));
        Assert.That(rig.Log.All, Has.Count.EqualTo(1));
        Assert.That(rig.Guard.IsOpen, Is.False, "an outage of the store must not end recording");
    }

    [Test]
    public async Task Flush_waits_for_a_line_that_is_being_written()
    {
        var store = new FakeStore();
        await using QueueRig rig = await QueueRig.StartAsync(store);
        store.Stall();
        rig.Enqueue(Lines.Request(1));
        store.Entered.Wait(TimeSpan.FromSeconds(10));

        Task flush = rig.Queue.FlushAsync(CancellationToken.None);
        bool early = flush.IsCompleted;
        store.Resume();
        await flush.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That(early, Is.False);
        Assert.That(store.Sequences, Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public async Task Flush_before_the_start_and_after_the_end_does_not_wait()
    {
        var rig = new QueueRig(new FakeStore());
        rig.Enqueue(Lines.Request(1));

        await rig.FlushAsync();
        await rig.DisposeAsync();
        await rig.FlushAsync();

        Assert.That(rig.Counters.Dropped(DropReason.Shutdown), Is.EqualTo(1));
        rig.AssertBalanced();
    }

    [Test]
    public async Task Stopping_stores_what_waits_and_disposes_the_store()
    {
        var store = new FakeStore();
        QueueRig rig = await QueueRig.StartAsync(store);
        rig.Enqueue(Lines.Requests(0, 100));

        await rig.DisposeAsync();

        Assert.That(store.Sequences, Has.Count.EqualTo(100));
        Assert.That(store.Disposed);
    }

    [Test]
    public async Task A_hanging_store_does_not_delay_the_exit_beyond_the_limit()
    {
        var store = new FakeStore();
        QueueRig rig = await QueueRig.StartAsync(store, stopLimit: TimeSpan.FromMilliseconds(100));
        store.Stall();
        rig.Enqueue(Lines.Request(1));
        store.Entered.Wait(TimeSpan.FromSeconds(10));
        rig.Enqueue(Lines.Request(2));

        await rig.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(4));

        Assert.That(rig.Counters.Dropped(DropReason.Shutdown), Is.EqualTo(2));
        rig.AssertBalanced();
        store.Resume();
        await UntilAsync(() => store.Disposed);
        Assert.That(rig.Counters.Stored, Is.Zero, "what was given up is not counted twice when the store comes back");
        rig.AssertBalanced();
    }

    [Test]
    public async Task Lines_that_come_after_the_end_are_counted()
    {
        QueueRig rig = await QueueRig.StartAsync(new FakeStore());
        await rig.DisposeAsync();

        rig.Enqueue(Lines.Request(1));

        Assert.That(rig.Counters.Dropped(DropReason.Shutdown), Is.EqualTo(1));
        rig.AssertBalanced();
    }

    [Test]
    public async Task Stopping_twice_is_stopping_once()
    {
        QueueRig rig = await QueueRig.StartAsync(new FakeStore());
        rig.Enqueue(Lines.Request(1));

        await rig.DisposeAsync();
        await rig.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(2));

        Assert.That(rig.Counters.Stored, Is.EqualTo(1));
        rig.AssertBalanced();
    }

    [Test]
    public async Task OnRecorded_sees_each_stored_recording_and_its_exceptions_end_there()
    {
        var seen = new List<RecordingSummary>();
        await using QueueRig rig = await QueueRig.StartAsync(new FakeStore(), options => options.OnRecorded = summary =>
        {
            seen.Add(summary);
            throw new InvalidOperationException("from the callback");
        });

        rig.Enqueue(Lines.Requests(1, 3));
        await rig.FlushAsync();

        Assert.That(seen.Select(summary => summary.Sequence), Is.EqualTo(new long[] { 1, 2, 3 }));
        Assert.That(seen[0].Name, Is.EqualTo("Orders.Get"));
        Assert.That(rig.Counters.Faults, Is.EqualTo(3));
        Assert.That(rig.Counters.Stored, Is.EqualTo(3));
    }

    [Test]
    public async Task Queueing_allocates_nothing_once_the_queue_has_grown()
    {
        await using QueueRig rig = await QueueRig.StartAsync(new NullStore());
        EncodedRecording[] lines = Lines.Requests(0, 1000);
        for (int round = 0; round < 4; round++)
        {
            EnqueueAll(rig.Queue, lines);
            await rig.FlushAsync();
        }

        long allocated = EnqueueAll(rig.Queue, lines);

        Assert.That(allocated, Is.LessThan(1000), "for a thousand lines");
        await rig.FlushAsync();
    }

    [Test]
    public async Task Lines_around_the_size_of_a_batch_arrive_whole_and_in_order()
    {
        var store = new FakeStore();
        QueueRig rig = await QueueRig.StartAsync(store);
        EncodedRecording[] lines = [.. new[] { 10, RecordingQueue.MaxBatchBytes, 20, RecordingQueue.MaxBatchBytes + 1, 30 }
            .Select((bytes, i) => new EncodedRecording { Id = Guid.NewGuid(), Sequence = i, Line = Enumerable.Repeat((byte)('a' + i), bytes).ToArray() })];
        rig.Enqueue(lines);
        await rig.FlushAsync();
        await rig.DisposeAsync();

        Assert.That(store.Lines, Is.EqualTo(lines.Select(line => line.Line.ToArray())));
        rig.AssertBalanced();
    }

    private static long EnqueueAll(RecordingQueue queue, EncodedRecording[] lines)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (EncodedRecording line in lines)
        {
            queue.Enqueue(line);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            await Task.Delay(5, deadline.Token);
        }
    }

    private sealed class NullStore : IRecordingStore
    {
        public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

        public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken) => default;

        public ValueTask DisposeAsync() => default;
    }
}
