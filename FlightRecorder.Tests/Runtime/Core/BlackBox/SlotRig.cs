using FlightRecorder.Tests.Core.Stores;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.BlackBox;

/// <summary>A recorder with slots over a journal of its own, whose death is a copy of its files while it is alive.</summary>
internal sealed class SlotRig : IAsyncDisposable
{
    public static readonly SlotEndpoint Endpoint = new("Orders.Get", "Shop/Orders.cs:21", "/orders/{id}", null);

    private readonly List<IDisposable> _directories = [];
    private Recorder? _recorder;

    public SlotRig() => Home = New();

    public JournalDirectory Home { get; }

    public LogLines Log { get; } = new();

    public RunInfo Run { get; private set; } = null!;

    public Slots Slots { get; private set; } = null!;

    public Recorder Recorder => _recorder!;

    public string SlotFile => Path.Combine(Home.Path, Run + ".slots");

    /// <summary>Starts a run in the directory; the one before is forgotten, not ended.</summary>
    public async Task<Recorder> StartAsync(string? directory = null, Func<IRecordingStore, IRecordingStore>? wrap = null)
    {
        var options = new FlightRecorderOptions { AppName = "shop" };
        options.Journal.Directory = directory ?? Home.Path;
        options.Tags["team"] = "blue";
        Run = new RunInfo();
        IRecordingStore store = new JournalStore(options.Journal, "/", Log, Run);
        Slots = new Slots(SlotPlace.Of(options, store, "/")!, Run, options, Log, TimeProvider.System);
        _recorder = new Recorder(options, wrap?.Invoke(store) ?? store, Log, run: Run, slots: Slots);
        await _recorder.StartAsync(default);
        return _recorder;
    }

    public ActiveRecording Begin(string order = "42", SlotEndpoint? endpoint = null, string route = "/orders/{id}")
    {
        ActiveRecording recording = Recorder.Begin(RecordingKind.Request)!;
        recording.Method = "GET";
        recording.Route = route;
        recording.Path = "/orders/" + order;
        recording.TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        Slots.Begin(recording, endpoint ?? Endpoint);
        recording.Params.Add(new NameValues("id", order));
        Slots.SetPath(recording, endpoint ?? Endpoint, Recorder.Rules);
        return recording;
    }

    /// <summary>What the next start would find if the process died now: all files, copied without their locks.</summary>
    public string Die()
    {
        JournalDirectory copy = New();
        foreach (string file in Home.Files)
        {
            File.Copy(file, copy.File(Path.GetFileName(file)));
        }

        return copy.Path;
    }

    /// <summary>Recovers a directory as a start does, into its journal.</summary>
    public int Recover(string directory, string run = "00000000000000ff")
    {
        var journal = new JournalOptions { Directory = directory };
        using var store = new LineSink(new JournalStore(journal, "/", Log));
        return new SlotRecovery(new SlotPlace(directory, directory), run, Log).Run(store.TryWrite);
    }

    public static async Task<IReadOnlyList<Recording>> ReadAsync(string directory)
    {
        var reader = new JournalReader(directory);
        var recordings = new List<Recording>();
        foreach (RecordingSummary summary in await reader.ListAsync(new RecordingQuery { Limit = 10_000 }))
        {
            recordings.Add((await reader.GetAsync(summary.Id))!);
        }

        return recordings;
    }

    public ValueTask DisposeRecorderAsync() => _recorder?.DisposeAsync() ?? default;

    public async ValueTask DisposeAsync()
    {
        await DisposeRecorderAsync();
        _directories.ForEach(directory => directory.Dispose());
    }

    private JournalDirectory New()
    {
        var directory = new JournalDirectory();
        _directories.Add(directory);
        return directory;
    }
}

/// <summary>Hands lines to a store that is opened with the first of them.</summary>
internal sealed class LineSink(JournalStore store) : IDisposable
{
    private bool _isOpen;

    public bool TryWrite(LineBatch lines)
    {
        if (!_isOpen)
        {
            store.InitializeAsync(default).AsTask().Wait();
            _isOpen = true;
        }

        store.WriteAsync(lines.Bytes, default).AsTask().Wait();
        return true;
    }

    public void Dispose() => store.DisposeAsync().AsTask().Wait();
}
