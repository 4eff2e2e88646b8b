using System.Diagnostics;
using System.Globalization;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Benchmarks.Fleet;

/// <summary>
/// Several instances over one private server, while instances and server are killed and started again; then everything recovers, and
/// what the instances acknowledged, what their journals hold and what PostgreSQL holds is compared, recording by recording.
/// </summary>
internal sealed class FleetLoad(RestartableServer server, List<WriterProcess> writers, Random random)
{
    private int _writersKilled;
    private int _serversKilled;
    private int _backendsKilled;

    /// <param name="args">The number of instances, seconds, recordings a second of each, and the seed.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;

        (int instances, int seconds, int perSecond, int seed) = (Number(0, 4), Number(1, 60), Number(2, 1000), Number(3, Environment.TickCount));
        string home = Directory.CreateTempSubdirectory("flight-load-").FullName;
        await using var server = new RestartableServer();
        await server.StartAsync().ConfigureAwait(false);

        // The last two share a directory, as processes of one app on one machine do.
        List<WriterProcess> writers = [.. Enumerable.Range(0, instances)
            .Select(i => new WriterProcess(Path.Combine(home, Text($"{(i == instances - 1 && i > 0 ? i - 1 : i)}")), perSecond, server.ConnectionString))];
        Console.WriteLine(Text($"{instances} instances, {perSecond} recordings a second each, {seconds} s, seed {seed}"));
        try
        {
            return await new FleetLoad(server, writers, new Random(seed)).RunAsync(TimeSpan.FromSeconds(seconds)).ConfigureAwait(false);
        }
        finally
        {
            writers.ForEach(writer => writer.Dispose());
            Directory.Delete(home, recursive: true);
        }
    }

    private async Task<int> RunAsync(TimeSpan duration)
    {
        string store = server.ConnectionString;
        writers.ForEach(writer => writer.Start());
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            await Task.Delay(random.Next(300, 2000)).ConfigureAwait(false);
            await HurtAsync().ConfigureAwait(false);
            if (server.ConnectionString != store)
            {
                throw new InvalidOperationException("another process took the server's port while it was down: run it again");
            }
        }

        // Those that were down come up too: what their last run left is theirs to carry on.
        bool[] ended = await Task.WhenAll(writers.Select(writer => writer.StopAsync())).ConfigureAwait(false);
        TimeSpan ran = Stopwatch.GetElapsedTime(started);
        string[] homes = [.. writers.Select(writer => writer.Home).Distinct()];
        TimeSpan recovered = await RecoverAsync(homes).ConfigureAwait(false);
        return await ReportAsync(homes, ended.Count(isWell => !isWell), ran, recovered).ConfigureAwait(false);
    }

    private async Task HurtAsync()
    {
        switch (random.Next(4))
        {
            case 0:
                await server.KillAsync().ConfigureAwait(false);
                _serversKilled++;
                await Task.Delay(random.Next(0, 3000)).ConfigureAwait(false);
                await server.StartAsync().ConfigureAwait(false);
                break;
            case 1:
                using (var soon = new CancellationTokenSource(random.Next(50, 500)))
                {
                    _backendsKilled += await BackendKiller.RunAsync(server.ConnectionString, TimeSpan.FromMilliseconds(20), soon.Token).ConfigureAwait(false);
                }

                break;
            default:
                WriterProcess writer = writers[random.Next(writers.Count)];
                await writer.KillAsync().ConfigureAwait(false);
                _writersKilled++;
                await Task.Delay(random.Next(0, 1000)).ConfigureAwait(false);
                writer.Start();
                break;
        }
    }

    private async Task<TimeSpan> RecoverAsync(string[] homes)
    {
        long started = Stopwatch.GetTimestamp();
        await using PostgresConnections connections = PostgresConnections.To(server.ConnectionString, new PostgresStoreOptions());
        foreach (string home in homes)
        {
            await using var shipper = new Shipper(FleetWriter.JournalOf(home), connections, NullLogger.Instance);
            await shipper.ShipAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private async Task<int> ReportAsync(string[] homes, int failed, TimeSpan ran, TimeSpan recovered)
    {
        var check = new FleetCheck();
        foreach (string home in homes)
        {
            check.AddHome(home);
        }

        await check.AddStoredAsync(server.ConnectionString).ConfigureAwait(false);
        bool holds = check.Holds && failed == 0;
        Console.WriteLine(Text($"killed: {_writersKilled} instances, {_serversKilled} times the server, {_backendsKilled} of its backends; {failed} instances failed at their regular end"));
        Console.WriteLine(Text($"acknowledged: {check.Acknowledged}; in the journals: {check.InJournals}; in PostgreSQL: {check.Rows}, {check.Rows / ran.TotalSeconds:F0} a second; the rest was carried in {recovered.TotalSeconds:F1} s"));
        Console.WriteLine(Text($"lost: {check.Lost}, missing: {check.Missing}, doubled: {check.Doubled}, invented: {check.Invented}; mutations: {check.JournalMutations} and {check.StoredMutations}"));
        Console.WriteLine(holds ? "each recording that a journal acknowledged is in PostgreSQL exactly once" : "IT DOES NOT HOLD");
        return holds ? 0 : 1;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
