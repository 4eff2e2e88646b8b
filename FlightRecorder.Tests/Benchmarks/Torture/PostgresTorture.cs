using System.Diagnostics;
using System.Globalization;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;
using FlightRecorder.Tests.Support.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FlightRecorder.Benchmarks.Torture;

/// <summary>
/// Rounds of chaos over one journal and one private server: each appends a segment, ships it under a fault chosen at random, and ends
/// with a new shipper, after which all lines of all rounds are in PostgreSQL exactly once. The seed is shown, and can be given.
/// </summary>
internal sealed class PostgresTorture(RestartableServer server, JournalDirectory journal, Random random)
{
    private const int DefaultRounds = 500;
    private const int PerRound = 200;
    private const int ReportEvery = 25;

    private readonly SortedDictionary<string, (int Rounds, int Hits)> _done = new(StringComparer.Ordinal);

    private delegate Task<bool> Fault();

    /// <param name="args">The number of rounds, and the seed.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : DefaultRounds;
        int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Environment.TickCount;
        Console.WriteLine(Text($"{rounds} rounds of {PerRound} recordings, seed {seed}"));
        await using var server = new RestartableServer();
        await server.StartAsync().ConfigureAwait(false);
        using var journal = new JournalDirectory();
        return await new PostgresTorture(server, journal, new Random(seed)).RunAsync(rounds).ConfigureAwait(false);
    }

    private async Task<int> RunAsync(int rounds)
    {
        long started = Stopwatch.GetTimestamp();
        for (int round = 0; round < rounds; round++)
        {
            journal.Write(Text($"20261120T080000-9f3a11c2d4e5f607-{round + 1:D4}.jsonl"), ChaosLines.Of(round, PerRound));
            string fault = await HurtAsync().ConfigureAwait(false);
            await RecoverAsync().ConfigureAwait(false);
            StoredCounts stored = await StoredCounts.ReadAsync(server.ConnectionString).ConfigureAwait(false);
            if (stored != ChaosLines.Counts((long)(round + 1) * PerRound))
            {
                Console.WriteLine(Text($"round {round + 1} ({fault}): {(round + 1) * PerRound} recordings were written to the journal, stored are {stored}"));
                return 1;
            }

            if ((round + 1) % ReportEvery == 0)
            {
                Console.WriteLine(Text($"{round + 1} rounds, {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s"));
            }
        }

        foreach ((string fault, (int count, int hits)) in _done)
        {
            Console.WriteLine(Text($"{fault}: {count} rounds, in {hits} of them it hit before all was stored"));
        }

        Console.WriteLine(Text($"{rounds} rounds: each of the {(long)rounds * PerRound} recordings is stored exactly once"));
        return 0;
    }

    private async Task<string> HurtAsync()
    {
        (string name, Fault run)[] faults =
        [
            ("backends ended by the administrator", EndBackendsAsync),
            ("shipper given up in the process", GiveUpAsync),
            ("shipper's process killed", KillShipperAsync),
            ("server killed with SIGQUIT", KillServerAsync),
            ("a lock held for longer than is waited", LockAsync),
        ];
        (string fault, Fault run) = faults[random.Next(faults.Length)];
        bool hit = await run().ConfigureAwait(false);
        (int rounds, int hits) = _done.GetValueOrDefault(fault);
        _done[fault] = (rounds + 1, hits + (hit ? 1 : 0));
        return fault;
    }

    private async Task<bool> EndBackendsAsync()
    {
        using var over = new CancellationTokenSource();
        Task<int> killing = BackendKiller.RunAsync(server.ConnectionString, TimeSpan.FromMilliseconds(random.Next(1, 30)), over.Token);
        bool shipped = await TryAsync(attempts: 5, CancellationToken.None).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return await killing.ConfigureAwait(false) > 0 || !shipped;
    }

    private async Task<bool> GiveUpAsync()
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(1, 60)));
        return !await TryAsync(attempts: 1, end.Token).ConfigureAwait(false);
    }

    private async Task<bool> KillShipperAsync()
    {
        string self = Path.Combine(AppContext.BaseDirectory, "FlightRecorder.Benchmarks.dll");
        var start = new ProcessStartInfo("dotnet", [self, "ship-once", journal.Path])
        {
            RedirectStandardOutput = true,
            Environment = { [ShipOnce.StoreVariable] = server.ConnectionString },
        };
        using Process shipper = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        await shipper.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        await Task.WhenAny(shipper.WaitForExitAsync(), Task.Delay(random.Next(1, 400))).ConfigureAwait(false);
        shipper.Kill();
        await shipper.WaitForExitAsync().ConfigureAwait(false);
        return shipper.ExitCode != 0;
    }

    private async Task<bool> KillServerAsync()
    {
        Task<bool> shipping = Task.Run(() => TryAsync(attempts: 1, CancellationToken.None));
        await Task.WhenAny(shipping, Task.Delay(random.Next(1, 60))).ConfigureAwait(false);
        await server.KillAsync().ConfigureAwait(false);
        bool shipped = await shipping.ConfigureAwait(false);
        await server.StartAsync().ConfigureAwait(false);
        return !shipped;
    }

    private async Task<bool> LockAsync()
    {
        await using var holder = new NpgsqlConnection(server.ConnectionString);
        await holder.OpenAsync().ConfigureAwait(false);
        await using NpgsqlTransaction transaction = await holder.BeginTransactionAsync().ConfigureAwait(false);
        string table = random.Next(2) == 0 ? "flight_recorder_sessions" : "flight_recorder_db_mutations";
        await using var statement = new NpgsqlCommand($"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", holder, transaction);
        try
        {
            await statement.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // The first round: there are no tables yet.
            return false;
        }

        return !await TryAsync(attempts: 1, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<bool> TryAsync(int attempts, CancellationToken cancellationToken)
    {
        await using PostgresConnections connections = PostgresConnections.To(server.ConnectionString, ShipOnce.Options());
        await using var shipper = new Shipper(journal.Path, connections, NullLogger.Instance);
        bool shipped = false;
        for (int attempt = 0; attempt < attempts && !shipped; attempt++)
        {
            shipped = await shipper.TryShipAsync(cancellationToken).ConfigureAwait(false);
        }

        return shipped;
    }

    // As the next run of the app: what a backend of a killed process still does is waited for by its locks and by the keys.
    private async Task RecoverAsync()
    {
        await using PostgresConnections connections = PostgresConnections.To(server.ConnectionString, ShipOnce.Options());
        await using var shipper = new Shipper(journal.Path, connections, NullLogger.Instance);
        for (int attempt = 0; attempt < 100; attempt++)
        {
            if (await shipper.TryShipAsync(CancellationToken.None).ConfigureAwait(false))
            {
                return;
            }

            await Task.Delay(shipper.Retry.Left).ConfigureAwait(false);
        }

        throw new TimeoutException("the store did not recover: " + shipper.State.Trouble);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
