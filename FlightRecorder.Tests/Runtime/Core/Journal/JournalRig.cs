using FlightRecorder.Tests.Core.Stores;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

/// <summary>A journal store over a directory of its own.</summary>
internal sealed class JournalRig : IDisposable
{
    public JournalRig(Action<JournalOptions>? configure = null)
    {
        Options.Directory = Directory.Path;
        Options.Sync = JournalSync.Buffered;
        configure?.Invoke(Options);
    }

    public JournalDirectory Directory { get; } = new();

    public JournalOptions Options { get; } = new();

    public LogLines Log { get; } = new();

    public ManualTime Time { get; } = new();

    public JournalReader Reader => new(Directory.Path);

    public JournalStore Open(IJournalFiles? files = null, RunInfo? run = null) => new(Options, "/", Log, run, files, Time);

    public async Task<JournalStore> StartAsync(IJournalFiles? files = null, RunInfo? run = null)
    {
        JournalStore store = Open(files, run);
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }

    public async Task<long[]> SequencesAsync(JournalScan? scan = null)
        => [.. (await Reader.ListAsync(new RecordingQuery { Limit = 10_000 }, scan ?? new JournalScan())).Select(summary => summary.Sequence)];

    public void Dispose() => Directory.Dispose();
}

/// <summary>A clock that goes only when told.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = LineBuilder.Start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;
}
