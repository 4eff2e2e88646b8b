using System.Data.Common;
using System.Diagnostics;
using Dapper;
using FlightRecorder.Tests.Support.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FlightRecorder.Benchmarks;

/// <summary>
/// Dapper's single-row query over a plain connection and the same one decorated, to a PostgreSQL on this machine. Single queries of
/// all kinds alternate, and each figure is the median, so that a busy machine slows all alike.
/// </summary>
internal static class DapperBenchmark
{
    private const int Rounds = 3000;
    private const int WarmUpTurns = 5;
    private const int WarmUpRounds = 300;
    private const int QueriesPerRecording = 10;

    public static async Task RunAsync()
    {
        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync().ConfigureAwait(false);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var recorder = new Recorder(new FlightRecorderOptions { AppName = "bench" }, new MemoryStore(10), NullLogger.Instance);
        await recorder.StartAsync(CancellationToken.None).ConfigureAwait(false);
        using DbConnection plain = source.OpenConnection();
        using DbConnection decorated = plain.WithFlightRecorder();
        plain.Execute("DROP TABLE IF EXISTS bench_items");
        plain.Execute("CREATE UNLOGGED TABLE bench_items AS SELECT id, 'item ' || id AS name, id * 2 AS qty FROM generate_series(1, 1000) id");
        plain.Execute("ALTER TABLE bench_items ADD PRIMARY KEY (id)");
        // With pauses: methods are recompiled when the runtime has seen them run and finds a quiet moment.
        for (int turn = 0; turn < WarmUpTurns; turn++)
        {
            Measure(plain, decorated, WarmUpRounds);
            await Task.Delay(TimeSpan.FromMilliseconds(500)).ConfigureAwait(false);
        }

        Report(Measure(plain, decorated, Rounds), recorder);
        MeasureAllocation(plain, decorated);
    }

    // After the timing: everything is warm, and the recording's own arrays have grown.
    private static void MeasureAllocation(DbConnection plain, DbConnection decorated)
    {
        ReportBytes("plain", Allocated(plain));
        ReportBytes("decorated, outside a recording", Allocated(decorated));
        using (Flight.Begin("bench"))
        {
            Allocated(decorated);
        }

        using (Flight.Begin("bench"))
        {
            ReportBytes("decorated, in a recording", Allocated(decorated));
        }
    }

    private sealed class Times
    {
        public List<double> Bare { get; } = [];

        public List<double> Within { get; } = [];

        public List<double> Outside { get; } = [];

        public List<double> Inside { get; } = [];

        public List<double> Whole { get; } = [];
    }

    private static Times Measure(DbConnection plain, DbConnection decorated, int rounds)
    {
        var times = new Times();
        for (int round = 0; round < rounds; round++)
        {
            // Which goes first takes turns: the one after another's finds warmer caches.
            for (int i = 0; i < QueriesPerRecording; i++)
            {
                Alternate(i + round, () => times.Bare.Add(Time(plain, i)), () => times.Outside.Add(Time(decorated, i)));
            }

            long begun = Stopwatch.GetTimestamp();
            double others = 0;
            using (Flight.Begin("bench"))
            {
                for (int i = 0; i < QueriesPerRecording; i++)
                {
                    Alternate(i + round, () => others += Add(times.Within, Time(plain, i)), () => times.Inside.Add(Time(decorated, i)));
                }
            }

            times.Whole.Add((Stopwatch.GetElapsedTime(begun).TotalMicroseconds - others) / QueriesPerRecording);
        }

        return times;
    }

    private static void Report(Times times, Recorder recorder)
    {
        double median = Median(times.Bare);
        Report("plain", median, median);
        Report("plain, while a recording is made", Median(times.Within), median);
        Report("decorated, outside a recording", Median(times.Outside), median);
        Report("decorated, in a recording", Median(times.Inside), median);
        Report(FormattableString.Invariant($"the same with the recording itself, one for {QueriesPerRecording} queries"), Median(times.Whole), median);
        Console.WriteLine(FormattableString.Invariant($"recordings: {recorder.Counters.Offered}, faults: {recorder.Counters.Faults}"));
    }

    private static void Alternate(int turn, params ReadOnlySpan<Action> runs)
    {
        for (int i = 0; i < runs.Length; i++)
        {
            runs[(turn + i) % runs.Length]();
        }
    }

    private static double Add(List<double> times, double time)
    {
        times.Add(time);
        return time;
    }

    private static double Time(DbConnection connection, int id)
    {
        long begun = Stopwatch.GetTimestamp();
        connection.QuerySingle<Item>("SELECT id, name, qty FROM bench_items WHERE id = @id", new { id = id + 1 });
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
    }

    private static long Allocated(DbConnection connection)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < QueriesPerRecording; i++)
        {
            Time(connection, i);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / QueriesPerRecording;
    }

    private static double Median(List<double> times)
    {
        List<double> sorted = [.. times.Order()];
        return sorted[sorted.Count / 2];
    }

    private static void Report(string what, double microseconds, double bare)
        => Console.WriteLine(FormattableString.Invariant($"{what}: {microseconds:F2} us, {microseconds / bare:F3} of plain"));

    private static void ReportBytes(string what, long bytes) => Console.WriteLine(FormattableString.Invariant($"{what}: {bytes} bytes a query"));

    private sealed record Item(int Id, string Name, int Qty);
}
