using System.Globalization;
using FlightRecorder.Tests.Support.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Benchmarks.EfCore;

/// <summary>
/// EF Core's SaveChanges bare and with the recorder, CaptureBefore off, to a PostgreSQL on this machine. Saves of all kinds take
/// turns, and each figure is a median, so that a busy machine slows all alike; the range is that of the tenths of the run. The recording
/// begins before the save is timed, as an app's request has it begin; with its beginning and end inside it is told as well. The server
/// does not wait for its disk: where it does, the same microseconds are a smaller part of the save.
/// </summary>
internal static class EfCoreBenchmark
{
    private const int Parts = 10;
    private const int WarmUpTurns = 5;
    private const int WarmUpPart = 10;

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
            // With pauses: methods are recompiled when the runtime has seen them run and finds a quiet moment.
            for (int turn = 0; turn < WarmUpTurns; turn++)
            {
                Measure(kind, kind.Rounds / WarmUpPart, bare, recorded);
                await Task.Delay(TimeSpan.FromMilliseconds(500)).ConfigureAwait(false);
            }

            Report(kind, Measure(kind, kind.Rounds, bare, recorded));
        }

        Console.WriteLine(FormattableString.Invariant($"recordings: {recorder.Counters.Offered}, faults: {recorder.Counters.Faults}"));
    }

    private static DbContextOptionsBuilder<BenchContext> Builder(string connection) => new DbContextOptionsBuilder<BenchContext>().UseNpgsql(connection);

    private static Costs Measure(SaveCase kind, int rounds, DbContextOptions<BenchContext> bare, DbContextOptions<BenchContext> recorded)
    {
        var costs = new Costs([], [], [], []);
        Action[] runs =
        [
            () => costs.Plain.Add(kind.Run(bare, records: false)),
            () => costs.Outside.Add(kind.Run(recorded, records: false)),
            () => costs.Within.Add(kind.Run(bare, records: true)),
            () => costs.Inside.Add(kind.Run(recorded, records: true)),
        ];
        for (int round = 0; round < rounds; round++)
        {
            // Which goes first takes turns: the one after another's finds warmer caches.
            for (int i = 0; i < runs.Length; i++)
            {
                runs[(round + i) % runs.Length]();
            }
        }

        return costs;
    }

    private static void Report(SaveCase kind, Costs costs)
    {
        List<SaveCost> plain = costs.Plain;
        Console.WriteLine($"{kind.Name}, bare: {Of(plain, cost => cost.SaveUs).ToString("F1", CultureInfo.InvariantCulture)} us, {Of(plain, cost => cost.Bytes)} bytes");
        Report("with the recorder, outside a recording", costs.Outside, plain, cost => cost.SaveUs);
        Report("bare, while a recording is made", costs.Within, plain, cost => cost.SaveUs);
        Report("with the recorder, in a recording", costs.Inside, plain, cost => cost.SaveUs, kind.Goal);
        Report("the same with the recording itself", costs.Inside, plain, cost => cost.WholeUs);
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

    private static double Of(List<SaveCost> costs, Func<SaveCost, double> figure)
    {
        double[] sorted = [.. costs.Select(figure).Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed record Costs(List<SaveCost> Plain, List<SaveCost> Outside, List<SaveCost> Within, List<SaveCost> Inside);
}
