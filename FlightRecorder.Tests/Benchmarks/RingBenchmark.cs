using System.Diagnostics;
using System.Globalization;
using FlightRecorder.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Benchmarks;

/// <summary>What it costs to begin, capture and end a request of 1 KB in and out that nothing asks for: thrown away at once, and held in a full ring.</summary>
internal static class RingBenchmark
{
    private const int Requests = 400_000;
    private static readonly byte[] s_body = [.. Enumerable.Repeat((byte)'b', 1024)];
    private static readonly RulePlan s_rule = new() { Keep = KeepWhen.Error };

    public static void Run()
    {
        long[] rings = [0, 1024 * 1024, 16 * 1024 * 1024, 256 * 1024 * 1024];
        Recorder[] recorders = [.. rings.Select(Create)];
        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < rings.Length; i++)
            {
                Measure(recorders[i], rings[i], isShown: round > 0);
            }
        }
    }

    private static Recorder Create(long ringBytes)
    {
        var options = new FlightRecorderOptions();
        options.BlackBox.RingBytes = ringBytes;
        return new Recorder(options, new MemoryStore(1), NullLogger.Instance);
    }

    private static void Measure(Recorder recorder, long ringBytes, bool isShown)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        int collections = GC.CollectionCount(0);
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Requests; i++)
        {
            Pass(recorder, i);
        }

        double ns = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Requests;
        bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / Requests;
        if (isShown)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"ring {ringBytes / 1024 / 1024,4} MiB  {ns,6:0} ns  {bytes,4} B a request  {GC.CollectionCount(0) - collections} collections  {recorder.Held} held"));
        }
    }

    private static void Pass(Recorder recorder, int number)
    {
        ActiveRecording recording = recorder.Begin(RecordingKind.Request)!;
        recording.Method = "POST";
        recording.Path = "/orders";
        recording.RequestId = string.Create(CultureInfo.InvariantCulture, $"0HN7:{number:00000000}");
        recording.Status = 200;
        recording.RequestHeaders.Add(new NameValues("user-agent", "wrk"));
        recording.RequestHeaders.Add(new NameValues("content-type", "application/json"));
        recording.Announce();
        recording.RequestBody.Buffer.Start(32 * 1024);
        recording.RequestBody.Buffer.Append(s_body);
        recording.ResponseBody.Buffer.Start(32 * 1024);
        recording.ResponseBody.Buffer.Append(s_body);
        recorder.End(recording, s_rule);
    }
}
