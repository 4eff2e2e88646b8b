using System.Diagnostics;
using FlightRecorder.Cli;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;
using FlightRecorder.Tests.Support.PostgreSql;
using Npgsql;

namespace FlightRecorder.Tests.Cli;

public sealed class TenProcessesTests
{
    private const int Processes = 10;

    // A lock is waited for 30 s: on a busy machine those that are there by then do.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    // Where the shippers wait for each other before they make the tables.
    private const string Barrier = "SELECT pg_advisory_lock(hashtextextended('flight_recorder.schema.public', 0))";

    private const string Open = "SELECT pg_advisory_unlock(hashtextextended('flight_recorder.schema.public', 0))";

    private const string Waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private static readonly string s_tool = typeof(CommandLine).Assembly.Location;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);

    [Test]
    public async Task Ten_processes_that_start_at_once_on_an_empty_database_meet_no_error()
    {
        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync();
        string database = await cluster.CreateDatabaseAsync();
        await using var held = new NpgsqlConnection(database);
        await held.OpenAsync();
        await RunAsync(held, Barrier);
        CliRig[] rigs = [.. Enumerable.Range(1, Processes).Select(number => new CliRig(LineBuilder.Request(number)))];
        Process[] processes = [.. rigs.Select(rig => Start(rig, database))];
        try
        {
            await UntilAllWaitAsync(held, processes);
            await RunAsync(held, Open);
            foreach (Process process in processes)
            {
                Task<string> error = process.StandardError.ReadToEndAsync();
                Task<string> output = process.StandardOutput.ReadToEndAsync();
                await process.WaitForExitAsync().WaitAsync(s_deadline);
                Assert.That((process.ExitCode, await error), Is.EqualTo((0, "")));
                Assert.That(await output, Does.StartWith("1 stored, 0 there already, 0 dead letters"));
            }

            Assert.That(await RunAsync(held, "SELECT count(*) FROM flight_recorder_sessions"), Is.EqualTo(Processes));
            Assert.That(await RunAsync(held, "SELECT count(*) FROM flight_recorder_migrations"), Is.EqualTo(Migrations.Latest));
        }
        finally
        {
            await EndAsync(processes);
            Array.ForEach(rigs, rig => rig.Dispose());
        }
    }

    private static Process Start(CliRig rig, string database)
        => Process.Start(new ProcessStartInfo("dotnet", [s_tool, "ship", rig.Directory.Path, "--once", "--max-age", "3653"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["FLIGHTRECORDER_POSTGRES"] = database },
        })!;

    private static async Task UntilAllWaitAsync(NpgsqlConnection connection, Process[] processes)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        Stopwatch? patience = null;
        while (await RunAsync(connection, Waiting) is var waiting && waiting < Processes)
        {
            if (waiting > 0)
            {
                patience ??= Stopwatch.StartNew();
            }

            if (patience?.Elapsed > s_patience)
            {
                return;
            }

            Assert.That(processes.Count(process => process.HasExited), Is.Zero, "one ended before the tables were there");
            await Task.Delay(20, deadline.Token);
        }
    }

    private static async Task EndAsync(Process[] processes)
    {
        foreach (Process process in processes)
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }
    }

    private static async Task<long> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }
}
