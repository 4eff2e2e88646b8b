using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.CrashApp;

/// <summary>
/// Requests without a server: some threads begin, mark and end them. What has ended is told on standard output, an id a line,
/// in one write each, so that who reads knows what a client would know.
/// </summary>
internal sealed partial class InTheAir(Recorder recorder, Stream told)
{
    private const int MaxBlocks = 1024;
    private const int Held = 20;

    private static readonly SlotEndpoint Endpoint = new("Orders.Create", "Shop/Orders.cs:21", "/orders/{id}", null);

    private static readonly RulePlan OnlyErrors = new() { Keep = KeepWhen.Error };

    // in-the-air dir=DIR threads=4 ring=BYTES store=hanging end=kill|failfast|overflow|abort|oom|throw|stop after=MILLISECONDS
    public static async Task<int> RunAsync(Arguments arguments)
    {
        string directory = arguments.Text("dir")!;
        var options = new FlightRecorderOptions { AppName = "air" };
        options.Journal.Directory = directory;
        options.Journal.BootCheck = false;
        options.BlackBox.Directory = arguments.Text("slots");
        options.BlackBox.RingBytes = arguments.Number("ring", 0);
        options.Queue.StopTimeout = TimeSpan.FromMilliseconds(arguments.Number("stopMs", 5000));
        var run = new RunInfo();
        using var warnings = new WarningsOnError();
        var store = new JournalStore(options.Journal, Environment.CurrentDirectory, NullLogger.Instance, run);
        var slots = new Slots(SlotPlace.Of(options, store, Environment.CurrentDirectory)!, run, options, warnings, TimeProvider.System);
        IRecordingStore target = arguments.Text("store") == "hanging" ? new Hanging() : store;
        var recorder = new Recorder(options, target, NullLogger.Instance, run: run, slots: slots);
        long started = Stopwatch.GetTimestamp();
        await recorder.StartAsync(default).ConfigureAwait(false);
        Stream told = Console.OpenStandardOutput();
        var air = new InTheAir(recorder, told);
        air.Tell(slots.IsOn ? "on" : "off");
        air.Tell("started " + (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        air.Hang();
        air.Hold(options.BlackBox.RingBytes > 0 ? Held : 0);
        using var stop = new CancellationTokenSource();
        Thread[] threads = [.. Enumerable.Range(0, arguments.Number("threads", 4)).Select(number => new Thread(() => air.Serve(number, stop.Token)) { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
        await Task.Delay(arguments.Number("after", 50)).ConfigureAwait(false);
        End(arguments.Text("end"));
        await stop.CancelAsync().ConfigureAwait(false);
        Array.ForEach(threads, thread => thread.Join());
        long stopping = Stopwatch.GetTimestamp();
        await recorder.DisposeAsync().ConfigureAwait(false);
        Console.Error.WriteLine("stopped after " + (long)Stopwatch.GetElapsedTime(stopping).TotalMilliseconds);
        return 0;
    }

    private static void End(string? how)
    {
        switch (how)
        {
            case "failfast":
                Environment.FailFast("gone");
                break;
            case "overflow":
                Console.Error.WriteLine(Deep(1));
                break;
            case "abort":
                Abort();
                break;
            case "throw":
                new Thread(() => throw new InvalidOperationException("lost on a thread")).Start();
                new ManualResetEvent(false).WaitOne();
                break;
            case "oom":
                Exhaust();
                break;
            case "kill":
                new ManualResetEvent(false).WaitOne();
                break;
        }
    }

    // Memory that the collector does not hold, touched until the kernel ends the process. The bound is for where nothing limits it.
    private static unsafe void Exhaust()
    {
        const nuint Block = 1024 * 1024;
        File.WriteAllText("/proc/self/oom_score_adj", "1000");
        for (int taken = 0; taken < MaxBlocks; taken++)
        {
            NativeMemory.Fill(NativeMemory.Alloc(Block), Block, 1);
        }
    }

    private static long Deep(long depth) => depth == 0 ? 0 : Deep(depth + 1) + depth;

    // One that never ends, and of which all is known that a slot holds.
    private void Hang()
    {
        ActiveRecording hanging = Begin("hang-99999");
        hanging.Handle.Mark("cart priced", "CANARY-in-a-detail");
        hanging.Handle.Append(new TimelineEntry { Type = TimelineTypes.Command, Sql = "UPDATE stock SET note = 'CANARY-in-a-literal' WHERE sku = 7" });
        Tell("hanging " + hanging.Id);
    }

    // Ended, and in the ring only.
    private void Hold(int count)
    {
        for (int i = 0; i < count; i++)
        {
            ActiveRecording held = Begin("held-" + i);
            Guid id = held.Id;
            held.Status = 200;
            recorder.End(held, OnlyErrors);
            Tell(id.ToString());
        }
    }

    private void Serve(int thread, CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            // More would find no slot, and are no part of the promise.
            while (recorder.Counters.InFlight > SlotLayout.Slots / 2 && !stop.IsCancellationRequested)
            {
                Thread.Yield();
            }

            ActiveRecording recording = Begin(string.Create(CultureInfo.InvariantCulture, $"{thread}{i}"));
            Guid id = recording.Id;
            recording.Handle.Mark("step one");
            recording.Handle.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = "SELECT * FROM orders WHERE id = @id" });
            recording.Status = 200;
            recorder.End(recording, rule: null);
            Tell(id.ToString());
        }
    }

    private ActiveRecording Begin(string order)
    {
        ActiveRecording recording = recorder.Begin(RecordingKind.Request)!;
        recording.Method = "POST";
        recording.Route = "/orders/{id}";
        recording.Path = "/orders/" + order;
        recording.TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        recorder.Slots!.Begin(recording, Endpoint);
        recording.Params.Add(new NameValues("id", order));
        recorder.Slots.SetPath(recording, Endpoint, recorder.Rules);
        recording.Announce();
        return recording;
    }

    private void Tell(string line)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(line + "\n");
        lock (told)
        {
            told.Write(bytes);
        }
    }

    [LibraryImport("libc", EntryPoint = "abort")]
    private static partial void Abort();

    /// <summary>A store that takes lines and never says that it has.</summary>
    private sealed class Hanging : IRecordingStore
    {
        public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

        public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken)
            => new(Task.Delay(Timeout.Infinite, CancellationToken.None));

        public ValueTask DisposeAsync() => new(Task.Delay(Timeout.Infinite));
    }
}
