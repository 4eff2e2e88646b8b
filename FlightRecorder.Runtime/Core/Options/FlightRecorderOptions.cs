namespace FlightRecorder;

/// <summary>What the recorder does, in any host. The web options add what concerns requests.</summary>
/// <remarks>Values are checked at start and stay for the whole run; only <see cref="Enabled"/> and additions to <see cref="RedactionOptions.Names"/> take effect while running.</remarks>
public class FlightRecorderOptions
{
    private volatile bool _enabled = true;

    /// <summary>Whether anything is recorded; may be changed while running. Default: true.</summary>
    public bool Enabled
    {
        get => _enabled;
        set => _enabled = value;
    }

    /// <summary>The application's name in each recording. Default: the host's application name.</summary>
    public string? AppName { get; set; }

    /// <summary>The application's version in each recording. Default: none.</summary>
    public string? AppVersion { get; set; }

    /// <summary>The environment's name in each recording. Default: the host's environment name.</summary>
    public string? Environment { get; set; }

    /// <summary>Fixed facts in each recording, name to value. Default: none.</summary>
    public IDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether each line carries its prompt; otherwise it is made on reading. Default: false. An app compiled ahead of time that wants
    /// it sets the property <c>FlightRecorderStoredPrompts</c> in its project, and is refused to start otherwise.
    /// </summary>
    public bool StorePrompt { get; set; }

    /// <summary>The longest journal line, in bytes, 16 KiB to 16 MiB; a longer recording loses its largest parts first. Default: 1 MiB.</summary>
    public int MaxRecordBytes { get; set; } = 1024 * 1024;

    /// <summary>Called after a recording was stored, on the writer's thread, never on the request's path. An exception is counted and swallowed. Default: none.</summary>
    public Action<RecordingSummary>? OnRecorded { get; set; }

    /// <summary>What the timeline holds beside marks, commands and errors. Default: nothing.</summary>
    public TimelineOptions Timeline { get; } = new();

    /// <summary>What is hidden, and how.</summary>
    public RedactionOptions Redaction { get; } = new();

    /// <summary>The local journal.</summary>
    public JournalOptions Journal { get; } = new();

    /// <summary>What survives a crash, and what is kept in memory for later.</summary>
    public BlackBoxOptions BlackBox { get; } = new();

    /// <summary>The queue between requests and the writer.</summary>
    public QueueOptions Queue { get; } = new();

    internal virtual void Validate(OptionChecks checks)
    {
        checks.Range("MaxRecordBytes", MaxRecordBytes, 16 * 1024, 16 * 1024 * 1024);
        if (Tags is null)
        {
            checks.Fail("Tags", null, "names and values, which may be none");
        }

        foreach ((string name, string value) in Tags ?? new Dictionary<string, string>())
        {
            checks.Text($"Tags:{name}", value, 0, 256);
        }

        if (StorePrompt && !StoredPrompts.AreSupported)
        {
            checks.Fail("StorePrompt", true, "false, or the project says <FlightRecorderStoredPrompts>true</FlightRecorderStoredPrompts>");
        }

        Redaction.Validate(checks);
        Journal.Validate(checks);
        BlackBox.Validate(checks);
        Queue.Validate(checks);
    }
}
