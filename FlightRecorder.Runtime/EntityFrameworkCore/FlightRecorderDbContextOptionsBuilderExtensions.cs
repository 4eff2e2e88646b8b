using FlightRecorder;
using FlightRecorder.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Has a DbContext's saves and commands recorded.</summary>
public static class FlightRecorderDbContextOptionsBuilderExtensions
{
    /// <summary>
    /// Adds the commands of this context to the recording they run in, and, where the context or an entity carries
    /// <see cref="RecordAttribute"/>, the rows that its saves change. Outside a recording it does nothing. A second call for the
    /// same options changes nothing: the first one's settings hold.
    /// </summary>
    /// <param name="optionsBuilder">The context's options.</param>
    /// <param name="configure">Changes what is recorded; see <see cref="EntityFrameworkRecordingOptions"/> for limits and defaults.</param>
    /// <exception cref="FlightRecorderConfigurationException">
    /// A value is out of its range; the message names key, value and range. Or the context's connection is one that
    /// <c>WithFlightRecorder()</c> decorated; where it is named later, or comes from a decorated data source, opening it throws.
    /// </exception>
    public static DbContextOptionsBuilder UseFlightRecorder(
        this DbContextOptionsBuilder optionsBuilder, Action<EntityFrameworkRecordingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        var options = new EntityFrameworkRecordingOptions();
        configure?.Invoke(options);
        options.Validate();
        DecoratedConnections.Refuse(optionsBuilder.Options);
        return IsUsed(optionsBuilder) ? optionsBuilder : Add(optionsBuilder, RecordingSettings.Of(options));
    }

    /// <inheritdoc cref="UseFlightRecorder(DbContextOptionsBuilder, Action{EntityFrameworkRecordingOptions}?)" />
    public static DbContextOptionsBuilder<TContext> UseFlightRecorder<TContext>(
        this DbContextOptionsBuilder<TContext> optionsBuilder, Action<EntityFrameworkRecordingOptions>? configure = null)
        where TContext : DbContext
    {
        UseFlightRecorder((DbContextOptionsBuilder)optionsBuilder, configure);
        return optionsBuilder;
    }

    private static bool IsUsed(DbContextOptionsBuilder optionsBuilder)
        => optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.Interceptors?.Any(interceptor => interceptor is SaveRecorder) == true;

    private static DbContextOptionsBuilder Add(DbContextOptionsBuilder optionsBuilder, RecordingSettings settings)
    {
        CoreOptionsExtension? core = optionsBuilder.Options.FindExtension<CoreOptionsExtension>();
        if (MayNameProvider(core))
        {
            ((IDbContextOptionsBuilderInfrastructure)optionsBuilder).AddOrUpdateExtension(new AmbientInterceptorsExtension());
        }
        else if (MayReplace(core))
        {
            // Elsewhere not by an extension: with one more of them EF Core allocates more for each query.
            optionsBuilder.ReplaceService<IInterceptors, AmbientInterceptors>();
        }

        QueryFailures.Watch();
        ServerRefusals.Watch();
        if (core?.LoggingCacheTime is null or { Ticks: TimeSpan.TicksPerSecond })
        {
            // By default EF Core keeps for a second that nobody listens, and a recording that begins within it would miss commands.
            optionsBuilder.ConfigureLoggingCacheTime(TimeSpan.FromTicks(-1));
        }

        optionsBuilder.AddInterceptors(new SaveRecorder(settings), new CommandRecorder(settings), new TransactionRecorder(), new ConnectionRecorder(settings));
        return settings.CaptureBefore ? optionsBuilder.AddInterceptors(new AttachedRecorder()) : optionsBuilder;
    }

    // The app's container holds EF Core's own services, which it does to be named by UseInternalServiceProvider, maybe only afterwards.
    private static bool MayNameProvider(CoreOptionsExtension? options)
        => MayReplace(options)
            && (options?.ApplicationServiceProvider?.GetService(typeof(IServiceProviderIsService)) as IServiceProviderIsService)?.IsService(typeof(IDatabaseProvider)) == true;

    // EF Core refuses to replace a service of a provider that the app made, and one that the app replaced itself stays the app's.
    private static bool MayReplace(CoreOptionsExtension? options)
        => options?.InternalServiceProvider is null && options?.ReplacedServices?.Keys.Any(static key => key.Item1 == typeof(IInterceptors)) != true;
}
