using FlightRecorder;
using FlightRecorder.PostgreSql;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts PostgreSQL behind the recorder.</summary>
public static class FlightRecorderPostgresBuilderExtensions
{
    /// <summary>
    /// Carries the journal to PostgreSQL, and reads from there. The app starts and runs whether the server is there or not: recordings
    /// wait in the journal. Connections are the recorder's own, two at most.
    /// </summary>
    /// <param name="builder">What <c>AddFlightRecorder</c> returned.</param>
    /// <param name="connectionString">A connection string of Npgsql; never logged.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="FlightRecorderConfigurationException">A value is out of its range; the message names key, value and range.</exception>
    public static FlightRecorderBuilder UsePostgresStore(this FlightRecorderBuilder builder, string connectionString, Action<PostgresStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        PostgresStoreOptions options = Configured(configure);

        // Now, so that a wrong one is known where it stands; no connection is made.
        PostgresConnections connections = PostgresConnections.To(connectionString, options);
        return Add(builder, _ => connections, options);
    }

    /// <summary>As <see cref="UsePostgresStore(FlightRecorderBuilder, string, Action{PostgresStoreOptions}?)"/>, to where the app's data source leads.</summary>
    /// <param name="builder">What <c>AddFlightRecorder</c> returned.</param>
    /// <param name="dataSource">Its host, database, password and TLS set-up are taken over; its pool is never used, and it is not disposed.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="FlightRecorderConfigurationException">A value is out of its range; the message names key, value and range.</exception>
    public static FlightRecorderBuilder UsePostgresStore(this FlightRecorderBuilder builder, NpgsqlDataSource dataSource, Action<PostgresStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        PostgresStoreOptions options = Configured(configure);
        PostgresConnections connections = PostgresConnections.Beside(dataSource, options);
        return Add(builder, _ => connections, options);
    }

    private static PostgresStoreOptions Configured(Action<PostgresStoreOptions>? configure)
    {
        var options = new PostgresStoreOptions();
        configure?.Invoke(options);
        var checks = new OptionChecks();
        options.Validate(checks);
        checks.ThrowIfAny();
        return options;
    }

    private static FlightRecorderBuilder Add(FlightRecorderBuilder builder, Func<IServiceProvider, PostgresConnections> connections, PostgresStoreOptions options)
    {
        IServiceCollection services = builder.Services;
        services.RemoveAll<IRecordingStore>();
        services.RemoveAll<IRecordingReader>();
        services.RemoveAll<PostgresConnections>();
        services.RemoveAll<JournalDestination>();
        services.AddSingleton(connections);
        services.TryAddSingleton(provider => new ShipState(provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddSingleton<IRecordingReader>(provider => new PostgresReader(provider.GetRequiredService<PostgresConnections>()));
        if (options.Mode == PostgresStoreMode.Direct)
        {
            services.AddSingleton<IRecordingStore>(provider => new DirectStore(
                provider.GetRequiredService<PostgresConnections>(), RecorderRegistration.Logger(provider), provider.GetRequiredService<ShipState>(), provider.GetService<TimeProvider>()));
        }
        else
        {
            RecorderRegistration.AddJournalStore(services);
            services.AddSingleton(provider => provider.GetRequiredService<PostgresConnections>().AsDestination());
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ShipperHost>());
        return builder;
    }
}
