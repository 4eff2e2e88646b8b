using System.Globalization;
using FlightRecorder.Tests.Support.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Benchmarks.EfCore;

/// <summary>
/// EF Core's SaveChanges bare and with the recorder, CaptureBefore off, to a PostgreSQL on this machine. Saves of all kinds take
/// turns, and each figure is a median, so that a busy machine slows all alike; the range is that of the tenths of the run.
/// </summary>
internal static class EfCoreBenchmark
{
    private const int Parts = 10;

    private static readonly SaveCase[] Cases = [new(1, false, 3000, 1.05), new(1, true, 3000, 1.05), new(1000, false, 120, 1.15), new(1000, true, 120, 1.15)];

    public static async Task RunAsync()
    {
        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync().ConfigureAwait(false);
        string connection = await cluster.CreateDatabaseAsync().ConfigureAwait(false);
        await using var recorder = new Recorder(new FlightRecorderOptions { AppName = "bench" }, new MemoryStore(10), NullLogger.Instance);
        await recorder.StartAsync(CancellationToken.None).ConfigureAwait(false);
        DbContextOptions<BenchContext> bare = Builder(connection).Options;
        DbContextOptions<BenchContext> recorded = Builder(connection).UseFlightRecorder(o => o.CaptureBefore = false).Options;
        using (var context = new BenchContext(bare))
        {
            context.Database.EnsureCreated();
        }

        foreach (SaveCase kind in Cases)
        {
            Measure(kind, bare, recorded);
        }

        Console.WriteLine(FormattableString.Invariant($"recordings: {recorder.Counters.Offered}, faults: {recorder.Counters.Faults}"));
    }

    private static DbContextOptionsBuilder<BenchContext> Builder(string connection) => new DbContextOptionsBuilder<BenchContext>().UseNpgsql(connection);

    private static void Measure(SaveCase kind, DbContextOptions<BenchContext> bare, DbContextOptions<BenchContext> recorded)
    {
        List<SaveCost> plain = [], within = [], outside = [], inside = [];
        Action[] runs =
        [
            () => plain.Add(kind.Run(bare, records: false)),
            () => outside.Add(kind.Run(recorded, records: false)),
            () => within.Add(kind.Run(bare, records: true)),
            () => inside.Add(kind.Run(recorded, records: true)),
        ];
        for (int round = 0; round < kind.Rounds; round++)
        {
            // Which goes first takes turns: the one after another's finds warmer caches.
            for (int i = 0; i < runs.Length; i++)
            {
                runs[(round + i) % runs.Length]();
            }
        }

        Console.WriteLine($"{kind.Name}, bare: {Of(plain, cost => cost.SaveUs).ToString("F1", CultureInfo.InvariantCulture)} us, {Of(plain, cost => cost.Bytes)} bytes");
        Report("with the recorder, outside a recording", outside, plain, cost => cost.SaveUs);
        Report("bare, while a recording is made", within, plain, cost => cost.SaveUs);
        Report("with the recorder, in a recording", inside, plain, cost => cost.SaveUs, kind.Goal);
        Report("the same with the recording itself", inside, plain, cost => cost.WholeUs);
    }

    private static void Report(string what, List<SaveCost> costs, List<SaveCost> plain, Func<SaveCost, double> figure, double? goal = null)
    {
        double[] ratios = [.. Enumerable.Range(0, Parts).Select(part => Of(Part(costs, part), figure) / Of(Part(plain, part), cost => cost.SaveUs))];
        double median = Of(costs, figure);
        double bytes = Of(costs, cost => cost.Bytes) - Of(plain, cost => cost.Bytes);
        Console.WriteLine(FormattableString.Invariant(
            $"  {what}: {median:F1} us, {median / Of(plain, cost => cost.SaveUs):F3} of bare ({ratios.Min():F3} to {ratios.Max():F3}), {bytes:+0;-0;0} bytes")
            + (goal is { } most ? FormattableString.Invariant($"; goal {most:F2}") : ""));
    }

    private static List<SaveCost> Part(List<SaveCost> costs, int part)
        => costs.GetRange(costs.Count * part / Parts, (costs.Count * (part + 1) / Parts) - (costs.Count * part / Parts));

    // The first tenth of a whole run warms up.
    private static double Of(List<SaveCost> costs, Func<SaveCost, double> figure)
    {
        double[] sorted = [.. costs.Skip(costs.Count / 10).Select(figure).Order()];
        return sorted[sorted.Length / 2];
    }
}
