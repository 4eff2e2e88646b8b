using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace FlightRecorder.Tests.Support.PostgreSql;

/// <summary>
/// A private PostgreSQL server for one test process, by build/postgres.sh. FLIGHT_TEST_POSTGRES hands over the connection
/// string of a running one instead, which is then left running.
/// </summary>
public sealed class PostgreSqlCluster : IAsyncDisposable
{
    private const string Handover = "FLIGHT_TEST_POSTGRES";

    private readonly string? _directory;
    private readonly ConcurrentQueue<string> _databases = new();
    private int _stopped;

    private PostgreSqlCluster(string connectionString, string? directory)
    {
        ConnectionString = connectionString;
        _directory = directory;
        AppDomain.CurrentDomain.ProcessExit += StopAtExit;
    }

    /// <summary>Connects to the server's maintenance database.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts a server, or takes the one handed over.</summary>
    /// <exception cref="InvalidOperationException">The server did not start; the message holds what the script said.</exception>
    public static async Task<PostgreSqlCluster> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Handover) is { Length: > 0 } given)
        {
            return new PostgreSqlCluster(given, directory: null);
        }

        string directory = Path.Combine(Path.GetTempPath(), "flight-pg-" + Guid.NewGuid().ToString("N")[..8]);
        return new PostgreSqlCluster(await RunAsync("start", directory), directory);
    }

    /// <summary>Creates an empty database, and returns the connection string to it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = "flight_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0");
        _databases.Enqueue(name);
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name, IncludeErrorDetail = true }.ConnectionString;
    }

    /// <summary>Stops the server and removes its files; from a server handed over, removes the databases.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= StopAtExit;
        NpgsqlConnection.ClearAllPools();
        while (_directory is null && _databases.TryDequeue(out string? name))
        {
            await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }

        await StopAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task StopAsync()
    {
        if (_directory is not null && Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            await RunAsync("stop", _directory);
            Directory.Delete(_directory, recursive: true);
        }
    }

    private void StopAtExit(object? sender, EventArgs e) => StopAsync().GetAwaiter().GetResult();

    private static async Task<string> RunAsync(string verb, string directory)
    {
        var start = new ProcessStartInfo("bash", [ScriptPath(), verb, directory]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardError.ReadToEndAsync();
        string line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? line.Trim() : throw new InvalidOperationException($"postgres.sh {verb} failed: {await said}");
    }

    // The compiler maps the repository's root to /_/, so the way to the script starts at the test assembly.
    private static string ScriptPath()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string script = Path.Combine(at.FullName, "build", "postgres.sh");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new InvalidOperationException("build/postgres.sh is in no folder above " + AppContext.BaseDirectory);
    }
}
