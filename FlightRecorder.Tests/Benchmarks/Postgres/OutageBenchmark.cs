using System.Diagnostics;
using System.Globalization;
using FlightRecorder.Benchmarks.Overhead;
using FlightRecorder.Tests.Support.PostgreSql;
using Npgsql;

namespace FlightRecorder.Benchmarks.Postgres;

/// <summary>
/// What requests notice of an outage of PostgreSQL: the same app, recording everything, with the server running and with it killed,
/// in turns; at a steady rate, and with as many requests as it takes. The median of the ratios of each round.
/// </summary>
internal static class OutageBenchmark
{
    private const int Rate = 1000;
    private const int WarmUpTurns = 4;
    private const double Ceiling = 1.1;

    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1.5);

    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7;
        int seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 4;
        await using var server = new RestartableServer();
        await server.StartAsync().ConfigureAwait(false);
        using ServerProcess app = await ServerProcess.StartAsync("shipped", server.ConnectionString).ConfigureAwait(false);
        for (int turn = 0; turn < WarmUpTurns; turn++)
        {
            await FullAsync(app.Port, seconds).ConfigureAwait(false);
            await SteadyAsync(app.Port, 1).ConfigureAwait(false);
        }

        await app.PinAsync().ConfigureAwait(false);
        Console.WriteLine(Text($"the app on core 0, load {(WrkLoad.IsAvailable ? "by wrk" : "by sockets")} on core 1, PostgreSQL on both; {rounds} rounds of {seconds} s"));
        var steady = new List<Pair>();
        var full = new List<Pair>();
        for (int round = 0; round < rounds; round++)
        {
            await CatchUpAsync(server).ConfigureAwait(false);
            LoadResult steadyRunning = await SteadyAsync(app.Port, seconds).ConfigureAwait(false);
            LoadResult fullRunning = await FullAsync(app.Port, seconds).ConfigureAwait(false);
            await CatchUpAsync(server).ConfigureAwait(false);
            await server.KillAsync().ConfigureAwait(false);
            LoadResult steadyStopped = await SteadyAsync(app.Port, seconds).ConfigureAwait(false);
            LoadResult fullStopped = await FullAsync(app.Port, seconds).ConfigureAwait(false);
            await server.StartAsync().ConfigureAwait(false);
            steady.Add(new Pair(steadyRunning, steadyStopped));
            full.Add(new Pair(fullRunning, fullStopped));
            Console.WriteLine(Text($"round {round + 1}: {Rate} req/s {steady[^1]}; full load {full[^1]}"));
        }

        return Report(steady, full);
    }

    private static Task<LoadResult> SteadyAsync(int port, int seconds) => SocketLoad.RunAsync(port, seconds, Rate);

    private static Task<LoadResult> FullAsync(int port, int seconds) => WrkLoad.IsAvailable ? WrkLoad.RunAsync(port, seconds) : SocketLoad.RunAsync(port, seconds);

    // Until nothing more comes: what waited from the round before is not to be carried while this one is measured.
    private static async Task CatchUpAsync(RestartableServer server)
    {
        long started = Stopwatch.GetTimestamp();
        for (long before = -1, stored = -2; before != stored || stored <= 0;)
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(2))
            {
                throw new TimeoutException("the shipper did not catch up");
            }

            before = stored;
            await Task.Delay(s_quiet).ConfigureAwait(false);
            stored = await CountAsync(server).ConfigureAwait(false);
        }
    }

    private static async Task<long> CountAsync(RestartableServer server)
    {
        try
        {
            await using var connection = new NpgsqlConnection(server.ConnectionString);
            await connection.OpenAsync().ConfigureAwait(false);
            await using var busy = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'FlightRecorder'", connection);
            if (await busy.ExecuteScalarAsync().ConfigureAwait(false) is 0L)
            {
                // It waits before it tries again.
                return -1;
            }

            await using var count = new NpgsqlCommand("SELECT count(*) FROM flight_recorder_sessions", connection);
            return (long)(await count.ExecuteScalarAsync().ConfigureAwait(false))!;
        }
        catch (PostgresException)
        {
            // The tables are being made.
            return -1;
        }
    }

    private static int Report(List<Pair> steady, List<Pair> full)
    {
        bool hasErrors = steady.Concat(full).Any(pair => pair.HasErrors);
        double atRate = Median(steady.Select(pair => pair.Ratio)), atFull = Median(full.Select(pair => pair.Ratio));
        Console.WriteLine();
        Console.WriteLine(Text($"{Rate} req/s: p99 {Median(steady.Select(pair => pair.Running.P99Microseconds)):0} us with the server running, {Median(steady.Select(pair => pair.Stopped.P99Microseconds)):0} us with it stopped: {atRate:0.00} x"));
        Console.WriteLine(Text($"full load: p99 {Median(full.Select(pair => pair.Running.P99Microseconds)):0} us at {Median(full.Select(pair => pair.Running.RequestsPerSecond)):0} req/s with the server running, {Median(full.Select(pair => pair.Stopped.P99Microseconds)):0} us at {Median(full.Select(pair => pair.Stopped.RequestsPerSecond)):0} req/s with it stopped: {atFull:0.00} x"));
        bool holds = !hasErrors && atRate <= Ceiling && atFull <= Ceiling;
        Console.WriteLine(Text($"ceiling {Ceiling:0.0} x: {(holds ? "holds" : "DOES NOT HOLD")}{(hasErrors ? ", with failed requests" : "")}"));
        return holds ? 0 : 1;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Pair(LoadResult Running, LoadResult Stopped)
    {
        public double Ratio => Stopped.P99Microseconds / Running.P99Microseconds;

        public bool HasErrors => Running.Errors + Stopped.Errors > 0;

        public override string ToString() => Text($"p99 {Running.P99Microseconds:0} us running, {Stopped.P99Microseconds:0} us stopped");
    }
}
