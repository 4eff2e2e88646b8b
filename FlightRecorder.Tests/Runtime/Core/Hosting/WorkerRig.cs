using FlightRecorder.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlightRecorder.Tests.Core.Hosting;

/// <summary>A generic host with the recorder, whose content root is a directory of its own.</summary>
internal sealed class WorkerRig : IDisposable
{
    private readonly JournalDirectory _root = new();

    public WorkerRig(Action<FlightRecorderOptions>? options = null, Action<HostApplicationBuilder>? configure = null)
    {
        Directory.CreateDirectory(Root);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = Root });
        builder.Logging.AddProvider(Log);
        builder.Services.AddFlightRecorderCore(options);
        configure?.Invoke(builder);
        Worker = builder.Build();
    }

    /// <summary>The content root.</summary>
    public string Root => _root.Path;

    public HostLog Log { get; } = new();

    public IHost Worker { get; }

    public RecorderCounters Counters => Worker.Services.GetRequiredService<Recorder>().Counters;

    /// <summary>Everything that is on disk, oldest first, read from the journal with nothing of the host.</summary>
    public async Task<Recording[]> OnDiskAsync(string directory)
    {
        var reader = new JournalReader(directory);
        var recordings = new List<Recording>();
        foreach (RecordingSummary summary in await reader.ListAsync(new RecordingQuery { Limit = 1000 }))
        {
            recordings.Add((await reader.GetAsync(summary.Id))!);
        }

        return [.. recordings.OrderBy(recording => recording.Sequence)];
    }

    public void Dispose()
    {
        Worker.Dispose();
        _root.Dispose();
    }
}
