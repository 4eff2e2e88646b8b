using System.Globalization;

namespace FlightRecorder.Benchmarks.Overhead;

/// <summary>
/// What the recorder costs a request: the same API bare, unmarked, captured and not kept, held in the ring, and recorded, each a process of its own on one core, the
/// load on the other; rounds interleaved, medians, ratios to bare. All are started several times: where the runtime puts its code differs from
/// process to process by as much as what is measured.
/// </summary>
internal static class OverheadBenchmark
{
    private const int WarmUpTurns = 4;
    private const int WarmUpSeconds = 3;
    private const int Starts = 3;
    private const double RecordedFloor = 0.80;
    private const double UnmarkedFloor = 0.98;
    private static readonly string[] Modes = ["bare", "unmarked", "captured", "ring", "recorded"];

    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 4;
        int seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        Console.WriteLine($"load: {(WrkLoad.IsAvailable ? "wrk" : "built-in sockets")}, body {BenchBody.Json.Length} B in and out, {Starts} starts, {rounds} rounds of {seconds} s each, server on core 0, load on core 1");
        var starts = new List<Dictionary<string, List<Round>>>();
        for (int start = 1; start <= Starts; start++)
        {
            Console.WriteLine($"start {start} of {Starts}");
            starts.Add(await MeasureStartAsync(rounds, seconds).ConfigureAwait(false));
        }

        return Report(starts);
    }

    private static async Task<Dictionary<string, List<Round>>> MeasureStartAsync(int rounds, int seconds)
    {
        var servers = new List<ServerProcess>();
        try
        {
            foreach (string mode in Modes)
            {
                servers.Add(await ServerProcess.StartAsync(mode).ConfigureAwait(false));
            }

            return await MeasureAsync(servers, rounds, seconds).ConfigureAwait(false);
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

    private static int Report(List<Dictionary<string, List<Round>>> starts)
    {
        double p99 = Median(AllOf(starts, "bare"), round => round.Load.P99Microseconds);
        double bytes = Median(AllOf(starts, "bare"), round => round.BytesPerRequest);
        Console.WriteLine();
        foreach (string mode in Modes)
        {
            Round[] all = AllOf(starts, mode);
            string each = string.Join(", ", starts.Select(start => Ratio(start, mode).ToString("0.000", CultureInfo.InvariantCulture)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mode,-9} {Median(all, round => round.Load.RequestsPerSecond),9:0} req/s  {Ratio(starts, mode):0.000} of bare ({each})  p99 {Median(all, round => round.Load.P99Microseconds) / p99:0.00} x  +{Median(all, round => round.BytesPerRequest) - bytes:0} B/req"));
        }

        bool errors = Modes.SelectMany(mode => AllOf(starts, mode)).Any(round => round.Load.Errors > 0);
        bool holds = !errors && Ratio(starts, "recorded") >= RecordedFloor && Ratio(starts, "unmarked") >= UnmarkedFloor;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"floors: recorded >= {RecordedFloor:0.00}, unmarked >= {UnmarkedFloor:0.00}: {(holds ? "hold" : "DO NOT HOLD")}"));
        return holds ? 0 : 1;
    }

    private static double Ratio(List<Dictionary<string, List<Round>>> starts, string mode) => Median(starts.Select(start => Ratio(start, mode)));

    // Of each round to the bare one of the same round, then the median: noise of the machine cancels out. Nothing, where the bare server answered nothing.
    private static double Ratio(Dictionary<string, List<Round>> start, string mode)
        => Median(start[mode].Zip(start["bare"], (a, b) => b.Load.RequestsPerSecond > 0 ? a.Load.RequestsPerSecond / b.Load.RequestsPerSecond : 0));

    private static Round[] AllOf(List<Dictionary<string, List<Round>>> starts, string mode) => [.. starts.SelectMany(start => start[mode])];

    private static double Median(IEnumerable<Round> rounds, Func<Round, double> value) => Median(rounds.Select(value));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed record Round(LoadResult Load, double BytesPerRequest);
}
