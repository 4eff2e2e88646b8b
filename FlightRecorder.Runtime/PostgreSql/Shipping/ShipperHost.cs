using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// Runs the shipper in the process, beside everything; at the stop it sends what the journal got last, for as long as the options
/// allow. Where recordings do not go to the journal, it does nothing.
/// </summary>
internal sealed class ShipperHost(IServiceProvider services) : IHostedLifecycleService, IAsyncDisposable, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Shipper? _shipper;
    private Task _running = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<IRecordingStore>() is JournalStore && services.GetService<PostgresConnections>() is { } connections)
        {
            Start(connections, RecorderRegistration.Logger(services));
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_shipper is { } shipper)
        {
            using var limit = new CancellationTokenSource(services.GetRequiredService<PostgresConnections>().Options.StopTimeout);
            try
            {
                await services.GetRequiredService<Recorder>().FlushAsync(limit.Token).ConfigureAwait(false);
                await _stopping.CancelAsync().ConfigureAwait(false);
                await _running.WaitAsync(limit.Token).ConfigureAwait(false);
                await shipper.TryShipAsync(limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // What is left waits in the journal for the next run.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_shipper is { } shipper)
        {
            await shipper.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void Start(PostgresConnections connections, ILogger logger)
    {
        FlightRecorderOptions options = services.GetRequiredService<FlightRecorderOptions>();
        string directory = JournalStore.DirectoryOf(options.Journal, RecorderRegistration.Root(services));
        var shipper = new Shipper(directory, connections, logger, services.GetRequiredService<ShipState>(), services.GetService<TimeProvider>());
        PostgresLog.Started(logger, connections.Place, connections.Options.SchemaName);

        // The shipper must not inherit the ambient recording, nor anything else, of who starts the host.
        using (ExecutionContext.SuppressFlow())
        {
            _running = Task.Run(() => shipper.RunAsync(_stopping.Token), CancellationToken.None);
        }

        _shipper = shipper;
    }
}
