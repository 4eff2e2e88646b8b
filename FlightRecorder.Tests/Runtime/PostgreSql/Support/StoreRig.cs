using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlightRecorder.Tests.PostgreSql;

/// <summary>A database of its own, a journal directory of its own, and shippers between them.</summary>
internal sealed class StoreRig : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _open = [];

    private StoreRig(string connectionString, Action<PostgresStoreOptions>? configure)
    {
        ConnectionString = connectionString;
        Options.MaxAge = TimeSpan.FromDays(3653);
        configure?.Invoke(Options);
        Connections = PostgresConnections.To(connectionString, Options);
    }

    public string ConnectionString { get; }

    public PostgresStoreOptions Options { get; } = new();

    public PostgresConnections Connections { get; }

    public JournalDirectory Journal { get; } = new();

    public LogLines Log { get; } = new();

    public SchemaName Schema => SchemaName.Of(Options.SchemaName);

    public SchemaInstaller Installer => new(Connections, Schema);

    public PostgresReader Reader => new(Connections);

    public string Folder => Path.Combine(Journal.Path, Shipper.FolderName);

    public DeadLetterFile DeadLetters => new(Path.Combine(Folder, DeadLetterFile.Name), TimeProvider.System);

    public static async Task<StoreRig> CreateAsync(Action<PostgresStoreOptions>? configure = null)
        => new(await PostgreSqlSetUp.Cluster.CreateDatabaseAsync(), configure);

    public static StoreRig Over(string connectionString, Action<PostgresStoreOptions>? configure = null) => new(connectionString, configure);

    /// <summary>A shipper as another run of the app would have it.</summary>
    public Shipper NewShipper()
    {
        var shipper = new Shipper(Journal.Path, Connections, Log);
        _open.Add(shipper);
        return shipper;
    }

    /// <summary>Ships the lines from a segment, once.</summary>
    public async Task<Shipper> ShipAsync(params string[] lines)
    {
        Journal.Write("20261120T080000-9f3a11c2d4e5f607-0001.jsonl", LineBuilder.Bytes(lines));
        return await ShipAgainAsync();
    }

    /// <summary>Ships what is there, as a new run.</summary>
    public async Task<Shipper> ShipAgainAsync()
    {
        await using Shipper shipper = NewShipper();
        await shipper.ShipAsync(CancellationToken.None);
        return shipper;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public Task<long> SessionsAsync() => ScalarAsync<long>("SELECT count(*) FROM flight_recorder_sessions");

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable one in _open)
        {
            await one.DisposeAsync();
        }

        await Connections.DisposeAsync();
        Journal.Dispose();
    }
}

/// <summary>What was logged.</summary>
internal sealed class LogLines : ILogger
{
    private readonly List<(int Id, string Text)> _lines = [];

    public IReadOnlyList<(int Id, string Text)> All
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public int CountOf(int id) => All.Count(line => line.Id == id);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add((eventId.Id, formatter(state, exception) + exception));
        }
    }
}
