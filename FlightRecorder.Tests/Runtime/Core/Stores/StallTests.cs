using System.Diagnostics;
using FlightRecorder.Tests.Core.BlackBox;
using FlightRecorder.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.Core.Stores;

/// <summary>Full load while the store stands still, and load that goes on and on.</summary>
[NonParallelizable]
public sealed class StallTests
{
    private const int Megabyte = 1024 * 1024;
    private const int Threads = 4;

    // A minute of it in the long run: FLIGHT_STALL_SECONDS.
    [Test]
    public async Task A_store_that_stalls_under_full_load_costs_no_more_than_the_queue_and_each_request_is_counted_once()
    {
        const int QueueBytes = 8 * Megabyte;
        var store = new FakeStore();
        await using RingRig rig = await RingRig.StartAsync(store, options => (options.Queue.MaxBytes, options.BlackBox.RingBytes) = (QueueBytes, 0));
        Load(rig, TimeSpan.FromMilliseconds(300));
        await rig.Recorder.FlushAsync();
        store.Lines.Clear();
        store.Stall();
        long before = GC.GetTotalMemory(forceFullCollection: true);

        long most = 0;
        int offered = Load(rig, TimeSpan.FromSeconds(Seconds("FLIGHT_STALL_SECONDS", 3)), () => most = Math.Max(most, rig.Recorder.Queue.Bytes));
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        long dropped = rig.Counters.Dropped(DropReason.QueueFull);

        await TestContext.Out.WriteLineAsync($"{offered} requests while the store stood still: {dropped} dropped, {held / 1024} KB more on the heap");
        Assert.That(most, Is.LessThanOrEqualTo(QueueBytes));
        Assert.That(held, Is.LessThan(QueueBytes + (2 * Megabyte)), "batches half full and pools are the rest");
        Assert.That(dropped, Is.GreaterThan(offered / 2));
        rig.AssertBalanced();
        store.Resume();
        await rig.Recorder.FlushAsync();
        rig.AssertBalanced();
        Assert.That(rig.Counters.InFlight, Is.Zero);
        Assert.That(rig.Counters.Dropped(DropReason.QueueFull), Is.EqualTo(dropped), "it takes all that waited");
    }

    // A minute of it in the long run: FLIGHT_SOAK_SECONDS.
    [Test]
    public async Task Under_load_that_goes_on_memory_files_and_descriptors_stay_as_they_are()
    {
        int seconds = Seconds("FLIGHT_SOAK_SECONDS", 4);
        using var directory = new JournalDirectory();
        var journal = new JournalOptions { Directory = directory.Path, MaxSegmentBytes = Megabyte, MaxTotalBytes = 4 * Megabyte, Sync = JournalSync.Buffered };
        await using RingRig rig = await RingRig.StartAsync(
            new JournalStore(journal, "/", NullLogger.Instance), options => (options.BlackBox.RingBytes, options.Queue.MaxBytes) = (Megabyte, 4 * Megabyte));
        var seen = new List<Figures>();
        for (int turn = 0; turn < 4; turn++)
        {
            Load(rig, TimeSpan.FromSeconds(seconds / 4.0), keepOneIn: 8);
            await rig.Recorder.FlushAsync();
            seen.Add(Figures.Now(directory));
        }

        foreach (Figures figures in seen)
        {
            await TestContext.Out.WriteLineAsync(figures.ToString());
        }

        Assert.That(seen[^1].Heap, Is.LessThan(seen[0].Heap + (2 * Megabyte)));
        Assert.That(seen[^1].Descriptors, Is.LessThanOrEqualTo(seen[0].Descriptors + 8));
        Assert.That(seen.Select(figures => figures.Disk), Is.All.LessThanOrEqualTo(journal.MaxTotalBytes));
        rig.AssertBalanced();
        Assert.That(rig.Counters.Faults, Is.Zero);
    }

    private static int Seconds(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int asked) ? asked : otherwise;

    // As fast as the threads can; returns how many requests that were.
    private static int Load(RingRig rig, TimeSpan time, Action? between = null, int keepOneIn = 1)
    {
        int count = 0;
        long started = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            for (int i = 0; Stopwatch.GetElapsedTime(started) < time; i++)
            {
                bool isKept = i % keepOneIn == 0;
                ActiveRecording recording = rig.Begin("/orders/" + number);
                recording.Handle.Mark("step", i);
                rig.Recorder.End(recording, isKept ? null : RingRig.OnlyErrors);
                Interlocked.Increment(ref count);
                if (number == 0 && i % 64 == 0)
                {
                    between?.Invoke();
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return count;
    }

    private sealed record Figures(long Heap, int Descriptors, long Disk)
    {
        public static Figures Now(JournalDirectory directory) => new(
            GC.GetTotalMemory(forceFullCollection: true),
            OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : 0,
            directory.Files.Sum(file => new FileInfo(file).Length));
    }
}
