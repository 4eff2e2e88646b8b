using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Benchmarks;

/// <summary>What the slot of a request costs: all that is done for it from its beginning until its line is written. Figures are medians of short rounds.</summary>
internal static class SlotBenchmark
{
    private const int Rounds = 301;
    private const int Turns = 2000;

    public static async Task RunAsync()
    {
        string directory = Directory.CreateTempSubdirectory("bench-slots").FullName;
        try
        {
            var options = new FlightRecorderOptions();
            var run = new RunInfo();
            var slots = new Slots(new SlotPlace(directory, null), run, options, NullLogger.Instance, TimeProvider.System);
            await using var recorder = new Recorder(options, new MemoryStore(1), NullLogger.Instance, run: run, slots: slots);
            await recorder.StartAsync(default).ConfigureAwait(false);
            Measure(recorder, slots);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Measure(Recorder recorder, Slots slots)
    {
        ActiveRecording recording = recorder.Begin(RecordingKind.Request)!;
        recording.Method = "POST";
        recording.TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        recording.Params.Add(new NameValues("id", "31415926"));
        var plain = new SlotEndpoint("OrdersController.Create", "Shop/Controllers/OrdersController.cs:21", "/api/orders", null);
        var withPath = new SlotEndpoint("OrdersController.Get", "Shop/Controllers/OrdersController.cs:34", "/api/orders/{id}", null);
        var mark = new TimelineEntry { Type = TimelineTypes.Mark, Detail = "cart priced", AtUs = 1 };
        var query = new TimelineEntry { Type = TimelineTypes.Query, Sql = "SELECT id, total FROM orders WHERE id = @id", AtUs = 2 };
        void Begin(SlotEndpoint endpoint) => slots.Begin(recording, endpoint);
        void End()
        {
            slots.End(recording.Slot, 1);
            slots.Release(recording.TakeSlot());
        }

        Figure("taken, filled, ended and given back (demand 300, goal 80)", () =>
        {
            Begin(plain);
            slots.SetPath(recording, plain, recorder.Rules);
            End();
        });
        Figure("the same for a route with a value", () =>
        {
            Begin(withPath);
            slots.SetPath(recording, withPath, recorder.Rules);
            End();
        });
        Begin(plain);
        Figure("a mark", () => slots.AddStep(recording.Slot, mark));
        Figure("a statement, its beginning and its end", () =>
        {
            slots.StartStatement(recording.Slot, 1, query.Sql!);
            slots.AddStep(recording.Slot, query);
        });
        End();
        recorder.Discard(recording);
    }

    private static void Figure(string name, Action work)
    {
        var figures = new List<double>();
        for (int round = -50; round < Rounds; round++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < Turns; i++)
            {
                work();
            }

            double nanoseconds = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Turns;
            if (round >= 0)
            {
                figures.Add(nanoseconds);
                Debug.Assert(GC.GetAllocatedBytesForCurrentThread() == allocated, "A slot costs no memory.");
            }
        }

        figures.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {figures[figures.Count / 2]:F0} ns"));
    }
}
