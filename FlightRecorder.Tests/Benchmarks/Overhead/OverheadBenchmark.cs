using System.Globalization;

namespace FlightRecorder.Benchmarks.Overhead;

/// <summary>
/// What the recorder costs a request: the same API bare, unmarked, captured and not kept, held in the ring, and recorded, each a process of its own on one core, the
/// load on the other; rounds interleaved, medians, ratios to bare.
/// </summary>
internal static class OverheadBenchmark
{
    private const int WarmUpTurns = 4;
    private const int WarmUpSeconds = 4;
    private const double RecordedFloor = 0.80;
    private const double UnmarkedFloor = 0.98;
    private static readonly string[] Modes = ["bare", "unmarked", "captured", "ring", "recorded"];

    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7;
        int seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        Console.WriteLine($"load: {(WrkLoad.IsAvailable ? "wrk" : "built-in sockets")}, body {BenchBody.Json.Length} B in and out, {rounds} rounds of {seconds} s, server on core 0, load on core 1");
        var servers = new List<ServerProcess>();
        try
        {
            foreach (string mode in Modes)
            {
                servers.Add(await ServerProcess.StartAsync(mode).ConfigureAwait(false));
            }

            return Report(await MeasureAsync(servers, rounds, seconds).ConfigureAwait(false));
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
    }

    private static async Task<Dictionary<string, List<Round>>> MeasureAsync(List<ServerProcess> servers, int rounds, int seconds)
    {
        var results = Modes.ToDictionary(mode => mode, _ => new List<Round>());
        foreach (ServerProcess server in servers)
        {
            // With pauses: methods are recompiled when the runtime has seen them run and finds a quiet moment.
            for (int turn = 0; turn < WarmUpTurns; turn++)
            {
                await LoadAsync(server.Port, WarmUpSeconds).ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            }

            await server.PinAsync().ConfigureAwait(false);
        }

        for (int round = 0; round < rounds; round++)
        {
            // Another order each round: what drifts with time or follows a neighbour hits all of them.
            for (int i = 0; i < servers.Count; i++)
            {
                ServerProcess server = servers[(i + round) % servers.Count];
                long before = await server.AllocatedBytesAsync().ConfigureAwait(false);
                LoadResult load = await LoadAsync(server.Port, seconds).ConfigureAwait(false);
                long allocated = await server.AllocatedBytesAsync().ConfigureAwait(false) - before;
                results[server.Mode].Add(new Round(load, allocated / (double)Math.Max(1, load.Requests)));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1} {server.Mode,-9} {load.RequestsPerSecond,9:0} req/s  p99 {load.P99Microseconds,7:0} us  {allocated / (double)Math.Max(1, load.Requests),7:0} B/req{(load.Errors > 0 ? $"  {load.Errors} ERRORS" : "")}"));
            }
        }

        return results;
    }

    private static Task<LoadResult> LoadAsync(int port, int seconds) => WrkLoad.IsAvailable ? WrkLoad.RunAsync(port, seconds) : SocketLoad.RunAsync(port, seconds);

    private static int Report(Dictionary<string, List<Round>> results)
    {
        double rate = Median(results["bare"], round => round.Load.RequestsPerSecond);
        double p99 = Median(results["bare"], round => round.Load.P99Microseconds);
        double bytes = Median(results["bare"], round => round.BytesPerRequest);
        Console.WriteLine();
        foreach (string mode in Modes)
        {
            // The ratio of each round to the bare one of the same round, then the median: noise of the machine cancels out.
            double ratio = Median(results[mode].Zip(results["bare"], (a, b) => a.Load.RequestsPerSecond / b.Load.RequestsPerSecond));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mode,-9} {Median(results[mode], round => round.Load.RequestsPerSecond),9:0} req/s  {ratio:0.000} of bare  p99 {Median(results[mode], round => round.Load.P99Microseconds) / p99:0.00} x  +{Median(results[mode], round => round.BytesPerRequest) - bytes:0} B/req"));
        }

        bool errors = results.Values.SelectMany(rounds => rounds).Any(round => round.Load.Errors > 0);
        double recorded = Median(results["recorded"].Zip(results["bare"], (a, b) => a.Load.RequestsPerSecond / b.Load.RequestsPerSecond));
        double unmarked = Median(results["unmarked"].Zip(results["bare"], (a, b) => a.Load.RequestsPerSecond / b.Load.RequestsPerSecond));
        bool holds = !errors && rate > 0 && recorded >= RecordedFloor && unmarked >= UnmarkedFloor;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"floors: recorded >= {RecordedFloor:0.00}, unmarked >= {UnmarkedFloor:0.00}: {(holds ? "hold" : "DO NOT HOLD")}"));
        return holds ? 0 : 1;
    }

    private static double Median(IEnumerable<Round> rounds, Func<Round, double> value) => Median(rounds.Select(value));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed record Round(LoadResult Load, double BytesPerRequest);
}
