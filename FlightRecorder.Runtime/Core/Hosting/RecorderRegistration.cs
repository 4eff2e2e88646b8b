using FlightRecorder.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder;

/// <summary>What the calls of <c>AddFlightRecorder</c> on one service collection say together: registering twice is registering once, with both actions applied.</summary>
internal sealed class RecorderRegistration
{
    private readonly List<Action<FlightRecorderOptions>> _configure = [];

    /// <summary>Makes the options object; the web adapter's are a derived type.</summary>
    public Func<FlightRecorderOptions> Create { get; set; } = () => new FlightRecorderOptions();

    /// <summary>Checks the options against the kind of host; the web adapter has such a check.</summary>
    public Action<IServiceProvider, FlightRecorderOptions, OptionChecks>? CheckHost { get; set; }

    public void Configure(Action<FlightRecorderOptions> configure) => _configure.Add(configure);

    /// <summary>The registration of the collection; made, with all services of the recorder, on the first call.</summary>
    public static RecorderRegistration For(IServiceCollection services)
    {
        foreach (ServiceDescriptor descriptor in services)
        {
            if (descriptor.ServiceType == typeof(RecorderRegistration) && descriptor.ImplementationInstance is RecorderRegistration known)
            {
                return known;
            }
        }

        var registration = new RecorderRegistration();
        services.AddSingleton(registration);
        services.TryAddSingleton(registration.Build);
        services.TryAddSingleton(_ => new RunInfo());
        AddJournalStore(services);
        services.TryAddSingleton<IRecordingReader>(provider => new JournalReader(
            JournalStore.DirectoryOf(provider.GetRequiredService<FlightRecorderOptions>().Journal, Root(provider))));
        services.TryAddSingleton(provider => new Recorder(
            provider.GetRequiredService<FlightRecorderOptions>(), StoreLease.Unwrap(provider.GetRequiredService<IRecordingStore>()), Logger(provider),
            provider.GetService<TimeProvider>(), provider.GetRequiredService<RunInfo>(), SlotsOf(provider)));
        services.TryAddSingleton(provider => new StartReport(
            provider.GetRequiredService<FlightRecorderOptions>(), StoreLease.Unwrap(provider.GetRequiredService<IRecordingStore>()), Root(provider),
            provider.GetService<IEndpointCensus>(), Logger(provider), provider.GetService<JournalDestination>()));
        services.AddSingleton<IHostedService, RecorderHost>();
        return registration;
    }

    /// <summary>Sends recordings to the journal, unless they go elsewhere already.</summary>
    public static void AddJournalStore(IServiceCollection services) => services.TryAddSingleton<IRecordingStore>(provider => new JournalStore(
        provider.GetRequiredService<FlightRecorderOptions>().Journal, Root(provider), Logger(provider),
        provider.GetRequiredService<RunInfo>(), files: null, provider.GetService<TimeProvider>()));

    /// <summary>What relative directories are relative to.</summary>
    public static string Root(IServiceProvider provider)
        => provider.GetService<IHostEnvironment>()?.ContentRootPath ?? Environment.CurrentDirectory;

    /// <summary>The recorder's logger.</summary>
    public static ILogger Logger(IServiceProvider provider)
        => provider.GetService<ILoggerFactory>()?.CreateLogger("FlightRecorder") ?? NullLogger.Instance;

    private FlightRecorderOptions Build(IServiceProvider provider)
    {
        GeneratorVersion.Check(GeneratedCode.Assemblies);
        FlightRecorderOptions options = Create();
        IHostEnvironment? environment = provider.GetService<IHostEnvironment>();
        options.AppName = environment?.ApplicationName;
        options.Environment = environment?.EnvironmentName;
        foreach (Action<FlightRecorderOptions> configure in _configure)
        {
            configure(options);
        }

        var checks = new OptionChecks();
        options.Validate(checks);
        CheckHost?.Invoke(provider, options, checks);
        checks.ThrowIfAny();
        return options;
    }

    private static Slots? SlotsOf(IServiceProvider provider)
    {
        FlightRecorderOptions options = provider.GetRequiredService<FlightRecorderOptions>();
        return SlotPlace.Of(options, provider.GetRequiredService<IRecordingStore>(), Root(provider)) is { } place
            ? new Slots(place, provider.GetRequiredService<RunInfo>(), options, Logger(provider), provider.GetService<TimeProvider>() ?? TimeProvider.System)
            : null;
    }
}
