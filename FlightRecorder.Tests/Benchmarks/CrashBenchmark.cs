using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;

namespace FlightRecorder.Benchmarks;

/// <summary>
/// The crash recorder, and beside it flightlog of npm when the folder of its unpacked package is named: the same message, stack
/// and context into a file in the same folder. Short rounds alternate, and each figure is the median of its rounds.
/// </summary>
internal static class CrashBenchmark
{
    private const int Rounds = 301;
    private const int Turns = 100;

    public static void Run(string? flightlog)
    {
        string directory = Directory.CreateTempSubdirectory("bench-crash").FullName;
        try
        {
            Run(flightlog, directory);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Run(string? flightlog, string directory)
    {
        CrashRecorder crash = Flight.Install(new CrashOptions { File = Path.Combine(directory, "ours.jsonl"), Context = { ["app"] = "shop" } });
        CrashRecorder background = Flight.Install(new CrashOptions { File = Path.Combine(directory, "captured.jsonl"), Context = { ["app"] = "shop" } });
        Exception rendered = Rendered();
        Exception thrown = Thrown();
        var extra = new Dictionary<string, object?> { ["where"] = "checkout" };
        using FlightlogProcess? theirs = flightlog is null ? null : FlightlogProcess.Start(flightlog, directory, rendered);
        byte[] line = [.. File.ReadAllBytes(Written(crash, rendered, extra, directory))];
        using var plain = new PlainAppend(Path.Combine(directory, "plain"));

        var encoder = new CrashEncoder(new CrashContext(new Dictionary<string, object?> { ["app"] = "shop" }));
        var record = new CrashRecord(DateTimeOffset.UtcNow, CrashKind.Manual, rendered, null, FrozenValue.Members(extra));
        var file = new AppendFile(Path.Combine(directory, "append.jsonl"), 5_000_000);
        var encode = new List<double>();
        var append = new List<double>();
        var sync = new List<double>();
        var fresh = new List<double>();
        var async = new List<double>();
        var other = new List<double>();
        var floor = new List<double>();
        for (int round = -30; round < Rounds; round++)
        {
            Add(sync, round, Time(() => crash.CaptureSync(rendered, extra)));
            Add(fresh, round, Time(() => crash.CaptureSync(thrown, extra)));
            Add(async, round, Time(() => background.Capture(thrown, extra)));
            Add(encode, round, Time(() => encoder.Encode(record)));
            Add(append, round, Time(() => file.Append(line)));
            Add(floor, round, Time(() => plain.Write(line)));
            Add(other, round, theirs?.Round(Turns) ?? 0);

            // What was captured is written meanwhile, not while others are measured.
            Task.Delay(15).Wait();
        }

        Console.WriteLine(Figure($"one write(2) of such a line, {line.Length} bytes, under O_APPEND", floor));
        Console.WriteLine(Figure("the text of the line", encode));
        Console.WriteLine(Figure("the line into the file that may be shared and moved", append));
        Console.WriteLine(Figure("CaptureSync, stack already rendered (goal 3 000)", sync));
        Console.WriteLine(Figure("CaptureSync, stack rendered for the line", fresh));
        Console.WriteLine(Figure("Capture, on the caller's thread (goal 1 000)", async));
        Console.WriteLine(theirs is null
            ? "flightlog: name the folder of its unpacked package (npm pack flightlog@0.6.2) to measure it beside"
            : Figure("flightlog captureSync, the same error", other) + string.Create(CultureInfo.InvariantCulture, $"; ours is {Median(sync) / Median(other):F2} of it (goal 0.5)"));
    }

    private static string Written(CrashRecorder crash, Exception error, Dictionary<string, object?> extra, string directory)
    {
        crash.CaptureSync(error, extra);
        return Path.Combine(directory, "ours.jsonl");
    }

    private static void Add(List<double> figures, int round, double nanoseconds)
    {
        if (round >= 0)
        {
            figures.Add(nanoseconds);
        }
    }

    private static string Figure(string name, List<double> figures) => string.Create(CultureInfo.InvariantCulture, $"{name}: {Median(figures):F0} ns");

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);

    private static double Time(Action action)
    {
        // The round before has slept.
        for (int i = 0; i < Turns / 5; i++)
        {
            action();
        }

        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Turns; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Turns;
    }

    private static InvalidOperationException Rendered()
    {
        var error = new InvalidOperationException("The stock of A-100 fell below zero.");
        ExceptionDispatchInfo.SetRemoteStackTrace(error, Thrown().StackTrace!);
        return error;
    }

    private static Exception Thrown()
    {
        try
        {
            return Reserve(5);
        }
        catch (InvalidOperationException error)
        {
            return error;
        }
    }

    private static Exception Reserve(int depth)
        => depth > 0 ? Reserve(depth - 1) : throw new InvalidOperationException("The stock of A-100 fell below zero.");
}
