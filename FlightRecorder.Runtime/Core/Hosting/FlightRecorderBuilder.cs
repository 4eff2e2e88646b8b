using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlightRecorder;

/// <summary>Says where recordings go; returned by <c>AddFlightRecorder</c>. Without a word they go to the journal.</summary>
public sealed class FlightRecorderBuilder
{
    internal FlightRecorderBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Keeps recordings in memory instead of the journal; for tests and development.</summary>
    /// <param name="capacity">How many recordings are kept, 1 to 1 000 000; the oldest go first. Default: 1 000.</param>
    public FlightRecorderBuilder UseMemoryStore(int capacity = 1000)
    {
        var checks = new OptionChecks();
        checks.Range("UseMemoryStore:capacity", capacity, 1, 1_000_000);
        checks.ThrowIfAny();
        Services.RemoveAll<IRecordingStore>();
        Services.RemoveAll<IRecordingReader>();
        Services.AddSingleton(_ => new MemoryStore(capacity));
        Services.AddSingleton<IRecordingStore>(services => services.GetRequiredService<MemoryStore>());
        Services.AddSingleton<IRecordingReader>(services => services.GetRequiredService<MemoryStore>());
        return this;
    }

    /// <summary>
    /// Sends recordings to a store of one's own instead of the journal; it is the reader too when it implements <see cref="IRecordingReader"/>.
    /// The recorder makes and disposes of it, waiting no longer than <see cref="QueueOptions.StopTimeout"/>.
    /// </summary>
    public FlightRecorderBuilder UseStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>()
        where TStore : class, IRecordingStore
    {
        Services.RemoveAll<IRecordingStore>();
        Services.RemoveAll<IRecordingReader>();
        OwnStore<TStore>.Register(Services);
        return this;
    }
}
