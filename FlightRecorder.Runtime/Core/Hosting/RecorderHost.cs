using Microsoft.Extensions.Hosting;

namespace FlightRecorder;

/// <summary>Starts the recorder before anything else of the host and stops it after everything else.</summary>
internal sealed class RecorderHost(Recorder recorder, StartReport report) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => recorder.StartAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            report.Write();
        }
        catch (Exception error)
        {
            // A data source of the app may throw, and its first request will show it; the start goes on.
            recorder.Guard.Note("start report", error);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await recorder.DrainAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // A store that hangs, or a stop out of patience, is no failure of the host; what is lost is counted at disposal.
            recorder.Guard.Note("stop", error);
        }
    }
}
