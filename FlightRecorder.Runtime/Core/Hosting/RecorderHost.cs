using Microsoft.Extensions.Hosting;

namespace FlightRecorder;

/// <summary>Starts the recorder before anything else of the host and stops it after everything else.</summary>
internal sealed class RecorderHost(Recorder recorder) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => recorder.StartAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => recorder.FlushAsync(cancellationToken);
}
