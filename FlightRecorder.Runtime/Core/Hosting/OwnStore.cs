using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace FlightRecorder;

/// <summary>
/// Makes the app's store, so that the container does not own it: the recorder ends it within the time that stopping may take, and
/// the container would wait without end for one that hangs. One that the app has registered itself is taken from there, and is the container's.
/// </summary>
internal sealed class OwnStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>
    where TStore : class, IRecordingStore
{
    private OwnStore(TStore store) => Store = store;

    public TStore Store { get; }

    public static void Register(IServiceCollection services)
    {
        ServiceDescriptor own = ServiceDescriptor.Singleton(static provider => provider.GetRequiredService<OwnStore<TStore>>().Store);
        if (!services.Any(known => known.ServiceType == typeof(TStore)))
        {
            services.Add(own);
        }

        services.AddSingleton(provider => new OwnStore<TStore>(services.Last(known => known.ServiceType == typeof(TStore)) == own
            ? ActivatorUtilities.CreateInstance<TStore>(provider)
            : provider.GetRequiredService<TStore>()));
        services.AddSingleton<IRecordingStore>(static provider => new StoreLease(provider.GetRequiredService<OwnStore<TStore>>().Store));
        services.AddSingleton<IRecordingReader>(static provider => provider.GetRequiredService<OwnStore<TStore>>().Store is IRecordingReader reader
            ? new ReaderLease(reader)
            : new EmptyReader());
    }
}

/// <summary>A store as the container has it: to be disposed of by it does nothing.</summary>
internal sealed class StoreLease(IRecordingStore store) : IRecordingStore
{
    public static IRecordingStore Unwrap(IRecordingStore store) => store is StoreLease lease ? lease.Leased : store;

    private IRecordingStore Leased => store;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => store.InitializeAsync(cancellationToken);

    public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken) => store.WriteAsync(batch, cancellationToken);

    public ValueTask DisposeAsync() => default;
}

/// <summary>A reader as the container has it: not one that it would dispose of.</summary>
internal sealed class ReaderLease(IRecordingReader reader) : IRecordingReader
{
    public ValueTask<IReadOnlyList<RecordingSummary>> ListAsync(RecordingQuery query, CancellationToken cancellationToken = default)
        => reader.ListAsync(query, cancellationToken);

    public ValueTask<Recording?> GetAsync(Guid id, CancellationToken cancellationToken = default) => reader.GetAsync(id, cancellationToken);
}
