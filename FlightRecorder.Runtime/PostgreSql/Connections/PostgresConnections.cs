using System.Globalization;
using Npgsql;

namespace FlightRecorder.PostgreSql;

/// <summary>The recorder's own connections: a pool of two, never the app's, named in pg_stat_activity, and seen by no tracing.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    private const string ApplicationName = "FlightRecorder";
    private const int MaxPoolSize = 2;
    private const int MaxConnectSeconds = 10;

    // Beyond the server's own limit of a statement: only a server that is gone lets it run out.
    private const int PatienceSeconds = 5;

    private readonly Func<NpgsqlConnection> _create;
    private readonly IAsyncDisposable? _owned;

    private PostgresConnections(Func<NpgsqlConnection> create, IAsyncDisposable? owned, NpgsqlConnectionStringBuilder settings, PostgresStoreOptions options)
    {
        _create = create;
        _owned = owned;
        Options = options;
        Place = string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}");
    }

    public PostgresStoreOptions Options { get; }

    /// <summary>Host, port and database, for people; never the connection string.</summary>
    public string Place { get; }

    /// <summary>Place and schema, for people.</summary>
    public string PlaceAndSchema => $"{Place}, schema {Options.SchemaName}";

    public JournalDestination AsDestination() => new($", and on to PostgreSQL at {PlaceAndSchema}");

    /// <exception cref="FlightRecorderConfigurationException">It is no connection string; the message does not repeat it.</exception>
    public static PostgresConnections To(string connectionString, PostgresStoreOptions options)
    {
        NpgsqlConnectionStringBuilder settings = Parsed(connectionString);
        var builder = new NpgsqlSlimDataSourceBuilder(Ours(settings, options).ConnectionString);
        builder.EnableTransportSecurity();
        builder.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => false).ConfigureBatchFilter(_ => false).ConfigureCopyOperationFilter(_ => false));
        NpgsqlDataSource source = builder.Build();
        return new PostgresConnections(source.CreateConnection, source, settings, options);
    }

    /// <summary>Connections of our own to where the app's data source leads, with its password and certificates; its pool is not touched.</summary>
    public static PostgresConnections Beside(NpgsqlDataSource app, PostgresStoreOptions options)
    {
        NpgsqlConnectionStringBuilder settings = Parsed(app.ConnectionString);
        string ours = Ours(new NpgsqlConnectionStringBuilder(app.ConnectionString), options).ConnectionString;
        return new PostgresConnections(() => Clone(app, ours), owned: null, settings, options);
    }

    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = _create();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _owned?.DisposeAsync() ?? default;

    private static NpgsqlConnection Clone(NpgsqlDataSource app, string ours)
    {
        using NpgsqlConnection template = app.CreateConnection();
        return template.CloneWith(ours);
    }

    private static NpgsqlConnectionStringBuilder Parsed(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            if (!string.IsNullOrWhiteSpace(settings.Host))
            {
                return settings;
            }
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException or NotSupportedException)
        {
            // Its message may repeat what was between the equals signs, so it is not handed on.
        }

        throw new FlightRecorderConfigurationException(
            "FlightRecorder:UsePostgresStore:connectionString is (hidden); allowed: a connection string of Npgsql that names a host.");
    }

    private static NpgsqlConnectionStringBuilder Ours(NpgsqlConnectionStringBuilder settings, PostgresStoreOptions options)
        => new(settings.ConnectionString)
        {
            ApplicationName = ApplicationName,
            Pooling = true,
            MinPoolSize = 0,
            MaxPoolSize = MaxPoolSize,
            Multiplexing = false,
            Enlist = false,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
            MaxAutoPrepare = 0,
            Timeout = settings.Timeout is > 0 and < MaxConnectSeconds ? settings.Timeout : MaxConnectSeconds,
            CommandTimeout = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds) + PatienceSeconds,
        };
}
