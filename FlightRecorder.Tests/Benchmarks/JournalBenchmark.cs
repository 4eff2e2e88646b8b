using System.Diagnostics;
using System.Globalization;
using FlightRecorder.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace FlightRecorder.Benchmarks;

/// <summary>
/// The journal: appending records of 1 KB beside a plain append of the same bytes, without and with a sync per batch, and
/// reading 1 GB of them while it is in the page cache beside a plain read of the same files. Rounds alternate; medians.
/// </summary>
internal static class JournalBenchmark
{
    private const int Batch = 64;
    private const int Distinct = 16 * Batch;
    private const long ReadBytes = 1L << 30;
    private const int Rounds = 5;

    public static async Task RunAsync(string? parent)
    {
        string directory = Path.Combine(parent ?? Path.GetTempPath(), "bench-journal-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(directory);
        try
        {
            byte[] lines = LineBuilder.Bytes([.. Enumerable.Range(1, Distinct).Select(i => Line(i, "/orders/1"))]);
            Console.WriteLine(Text($"a record is {lines.Length / Distinct} bytes"));
            await AppendAsync(Path.Combine(directory, "append"), lines).ConfigureAwait(false);
            await ReadAsync(Path.Combine(directory, "read"), lines).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task AppendAsync(string directory, byte[] lines)
    {
        byte[][] batches = [.. lines.Chunk(lines.Length / (Distinct / Batch))];
        foreach ((JournalSync sync, int count) in new[] { (JournalSync.Buffered, 4000), (JournalSync.Always, 100) })
        {
            var ours = new List<double>();
            var plain = new List<double>();
            for (int round = 0; round < Rounds; round++)
            {
                ours.Add(Batch * count / await OursAsync(directory, sync, batches, count).ConfigureAwait(false));
                plain.Add(Batch * count / Plain(directory, sync, batches, count));
            }

            string what = sync == JournalSync.Buffered ? "without sync (goal 500 000)" : $"with a sync per batch of {Batch}";
            Console.WriteLine(Text($"append {what}: {Median(ours):N0} records/s; a plain append of the same bytes {Median(plain):N0}"));
        }
    }

    private static async Task<double> OursAsync(string directory, JournalSync sync, byte[][] batches, int count)
    {
        await using var store = new JournalStore(
            new JournalOptions { Directory = directory, Sync = sync, MaxTotalBytes = 256L * 1024 * 1024 }, "/", NullLogger.Instance);
        await store.InitializeAsync(default).ConfigureAwait(false);
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            await store.WriteAsync(batches[i % batches.Length].AsMemory(), default).ConfigureAwait(false);
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Plain(string directory, JournalSync sync, byte[][] batches, int count)
    {
        string path = Path.Combine(directory, "plain");
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        long offset = 0;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            byte[] batch = batches[i % batches.Length];
            RandomAccess.Write(file, batch, offset);
            offset += batch.Length;
            if (sync == JournalSync.Always)
            {
                RandomAccess.FlushToDisk(file);
            }
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task ReadAsync(string directory, byte[] lines)
    {
        var options = new JournalOptions { Directory = directory, Sync = JournalSync.Buffered, MaxTotalBytes = 4 * ReadBytes };
        byte[] rare = LineBuilder.Bytes(Line(Distinct + 1, "/rare/1"));
        long written = 0;
        await using (var store = new JournalStore(options, "/", NullLogger.Instance))
        {
            await store.InitializeAsync(default).ConfigureAwait(false);
            await store.WriteAsync(rare.AsMemory(), default).ConfigureAwait(false);
            for (; written < ReadBytes; written += lines.Length)
            {
                await store.WriteAsync(lines.AsMemory(), default).ConfigureAwait(false);
            }
        }

        var reader = new JournalReader(directory);
        (string Name, Func<int> Read)[] rows =
        [
            ("a plain read of the same files, 256 KB at a time", () => PlainRead(directory)),
            ("a rare route (goal 1 GB/s)", () => List(reader, new RecordingQuery { Route = "/rare/*" })),
            ("a rare actor", () => List(reader, new RecordingQuery { ActorId = "nobody" })),
            ("a status that none has", () => List(reader, new RecordingQuery { Status = 503 })),
            ("a rare text", () => reader.List(new JournalFilter(new RecordingQuery(), "rare/1"), new JournalScan()).Count),
            ("the recording of an id, written first", () => reader.GetAsync(LineBuilder.Id(Distinct + 1)).AsTask().Result is null ? 0 : 1),
        ];
        foreach ((string name, Func<int> read) in rows)
        {
            int found = read();
            List<double> seconds = [.. Enumerable.Range(0, Rounds).Select(_ => Time(() => read()))];
            Console.WriteLine(Text($"read 1 GB for {name}: {written / Median(seconds) / 1e9:F2} GB/s, {found} found"));
        }

        Console.WriteLine(Text($"the newest 50 of 1 GB: {Median([.. Enumerable.Range(0, Rounds).Select(_ => Time(() => List(reader, new RecordingQuery())))]) * 1e3:F1} ms"));
    }

    private static int List(JournalReader reader, RecordingQuery query) => reader.List(new JournalFilter(query), new JournalScan()).Count;

    private static int PlainRead(string directory)
    {
        byte[] buffer = new byte[256 * 1024];
        foreach (string path in Directory.GetFiles(directory))
        {
            using SafeFileHandle file = File.OpenHandle(path);
            long offset = 0;
            while (RandomAccess.Read(file, buffer, offset) is > 0 and int count)
            {
                offset += count;
            }
        }

        return 0;
    }

    // About 1 KB.
    private static string Line(int number, string path) => LineBuilder.Request(number, path: path, extra: $$"""
        "tags":{"note":"{{new string('n', 150)}}"},"actor":{"id":"user_{{number}}"},"timeline":[{"atUs":0,"type":"http.request.received"},{"atUs":812,"type":"db.query","sql":"SELECT s.qty FROM stock s WHERE s.sku = @p0","parameters":{"p0":"tea"},"location":"Shop/Data/Stock.cs:40","durationUs":402,"rows":1},{"atUs":1400,"type":"http.response.sent","status":200}]
        """);

    private static double Time(Action action)
    {
        long started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
