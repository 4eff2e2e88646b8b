using System.Globalization;
using System.Runtime;
using FlightRecorder.Tests.Support.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Benchmarks.EfCore;

/// <summary>
/// EF Core's SaveChanges bare and with the recorder, CaptureBefore off, to a PostgreSQL on this machine. Saves of all kinds take
/// turns in an order drawn anew each round, and each figure is a median, so that a busy machine slows all alike; the range is that of the
/// tenths of the run, and the difference that of the saves of one round; so is that of the processor's time, which a busy machine changes least. The recording begins before the save is timed, as an app's request
/// has it begin; with its beginning and end inside it is told as well. The goals are for a server that waits for its disk, as PostgreSQL is
/// installed; then all is told again of one that does not, of which the same microseconds are a larger part.
/// </summary>
internal static class EfCoreBenchmark
{
    private const int Parts = 10;
    private const int MostWarmUpTurns = 40;
    private const int WarmUpPart = 10;

    // Of some thousand: now and then one is compiled that has nothing to do with it.
    private const int FewMethods = 3;

    private static readonly SaveCase[] Cases = [new(1, false, 3000, 1.05), new(1, true, 3000, 1.05), new(1000, false, 120, 1.15), new(1000, true, 120, 1.15)];

    /// <param name="only">The name of the only case to run, such as <c>update of 1</c>; null for all.</param>
    /// <param name="rounds">How often it is measured; null for as often as makes good medians on a quiet machine.</param>
    public static async Task RunAsync(string? only = null, string? rounds = null)
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
            context.AddRange(Enumerable.Range(0, Cases.Max(kind => kind.Rows)).Select(i => new BenchLine { Sku = "SKU-" + i, ChangedAt = DateTime.UtcNow }));
            context.SaveChanges();
        }

        SaveCase[] cases = [.. Cases.Where(kind => only is null || kind.Name == only)
            .Select(known => rounds is null ? known : known with { Rounds = int.Parse(rounds, CultureInfo.InvariantCulture) })];
        foreach (bool waits in new[] { true, false })
        {
            await Durability.SetAsync(connection, waits).ConfigureAwait(false);
            Console.WriteLine(waits ? "a server that waits for its disk, as PostgreSQL is installed" : "a server that does not wait for its disk");
            foreach (SaveCase kind in cases)
            {
                int turns = await WarmUpAsync(kind, bare, recorded).ConfigureAwait(false);
                Report(kind, Measure(kind, kind.Rounds, bare, recorded), turns, waits ? kind.Goal : null);
            }
        }

        Console.WriteLine(FormattableString.Invariant($"recordings: {recorder.Counters.Offered}, faults: {recorder.Counters.Faults}"));
    }

    private static DbContextOptionsBuilder<BenchContext> Builder(string connection) => new DbContextOptionsBuilder<BenchContext>().UseNpgsql(connection);

    // Until nothing is recompiled any more, with pauses in which that may happen: EF Core's code runs four times as often as the
    // recorder's, and on a busy machine is optimised long before it.
    private static async Task<int> WarmUpAsync(SaveCase kind, DbContextOptions<BenchContext> bare, DbContextOptions<BenchContext> recorded)
    {
        int quiet = 0;
        int turn = 0;
        while (quiet < 2 && turn < MostWarmUpTurns)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            Measure(kind, kind.Rounds / WarmUpPart, bare, recorded);
            await Task.Delay(TimeSpan.FromMilliseconds(500)).ConfigureAwait(false);
            quiet = JitInfo.GetCompiledMethodCount() - compiled <= FewMethods ? quiet + 1 : 0;
            turn++;
        }

        return turn;
    }

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
        var random = new Random(1);
        for (int round = 0; round < rounds; round++)
        {
            // What runs after another finds its caches and its garbage: none shall always follow the same.
            random.Shuffle(runs);
            foreach (Action run in runs)
            {
                run();
            }
        }

        return costs;
    }

    private static void Report(SaveCase kind, Costs costs, int turns, double? goal)
    {
        List<SaveCost> plain = costs.Plain;
        Console.WriteLine(FormattableString.Invariant(
            $"{kind.Name}, bare: {Of(plain, cost => cost.SaveUs):F1} us, {Of(plain, cost => cost.CpuUs):F1} us of the processor, {Of(plain, cost => cost.Bytes)} bytes; warm after {turns} turns"));
        Report("with the recorder, outside a recording", costs.Outside, plain, cost => cost.SaveUs);
        Report("bare, while a recording is made", costs.Within, plain, cost => cost.SaveUs);
        Report("with the recorder, in a recording", costs.Inside, plain, cost => cost.SaveUs, goal);
        Report("the same with the recording itself", costs.Inside, plain, cost => cost.WholeUs);
    }

    private static void Report(string what, List<SaveCost> costs, List<SaveCost> plain, Func<SaveCost, double> figure, double? goal = null)
    {
        double[] ratios = [.. Enumerable.Range(0, Parts).Select(part => Of(Part(costs, part), figure) / Of(Part(plain, part), cost => cost.SaveUs))];
        double median = Of(costs, figure);
        double difference = Median(costs.Zip(plain, (cost, bare) => figure(cost) - bare.SaveUs));
        double cpu = Median(costs.Zip(plain, (cost, bare) => cost.CpuUs - bare.CpuUs));
        double bytes = Of(costs, cost => cost.Bytes) - Of(plain, cost => cost.Bytes);
        Console.WriteLine(FormattableString.Invariant(
            $"  {what}: {median:F1} us, {median / Of(plain, cost => cost.SaveUs):F3} of bare ({ratios.Min():F3} to {ratios.Max():F3}), {difference:+0.0;-0.0;0.0} us, {cpu:+0.0;-0.0;0.0} us of the processor, {bytes:+0;-0;0} bytes")
            + (goal is { } most ? string.Create(CultureInfo.InvariantCulture, $"; goal {most:F2}") : ""));
    }

    private static List<SaveCost> Part(List<SaveCost> costs, int part)
        => costs.GetRange(costs.Count * part / Parts, (costs.Count * (part + 1) / Parts) - (costs.Count * part / Parts));

    private static double Of(List<SaveCost> costs, Func<SaveCost, double> figure) => Median(costs.Select(figure));

    private static double Median(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed record Costs(List<SaveCost> Plain, List<SaveCost> Outside, List<SaveCost> Within, List<SaveCost> Inside);
}
