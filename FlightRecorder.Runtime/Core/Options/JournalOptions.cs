namespace FlightRecorder;

/// <summary>The journal: append-only JSONL segments in a local directory.</summary>
public sealed class JournalOptions
{
    /// <summary>
    /// Where the segments lie: a path of this machine, absolute or relative to the content root; made with mode 0700 when it is
    /// missing. Network addresses, <c>~</c> and white space are refused at start. Default: <c>flight</c>.
    /// </summary>
    public string Directory { get; set; } = "flight";

    /// <summary>From what size on the next segment is opened, in bytes, 64 KiB to 4 GiB. Default: 64 MiB.</summary>
    public long MaxSegmentBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many bytes all segments together may take, 1 MiB to 1 TiB; the oldest closed ones go first. Default: 1 GiB.</summary>
    public long MaxTotalBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How long closed segments are kept, from 1 minute to 10 years. Default: 7 days.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>When lines are forced to the disk. Default: <see cref="JournalSync.Interval"/>.</summary>
    public JournalSync Sync { get; set; } = JournalSync.Interval;

    /// <summary>How often, with <see cref="JournalSync.Interval"/>; 10 ms to 1 minute. Default: 500 ms.</summary>
    public TimeSpan SyncInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether a directory that cannot be written stops the start. Otherwise the recorder warns once and goes on without it. Default: true.</summary>
    public bool BootCheck { get; set; } = true;

    internal void Validate(OptionChecks checks)
    {
        DirectoryRule.Check("Journal:Directory", Directory, checks);
        checks.Range("Journal:MaxSegmentBytes", MaxSegmentBytes, 64 * 1024, 4L * 1024 * 1024 * 1024);
        checks.Range("Journal:MaxTotalBytes", MaxTotalBytes, 1024 * 1024, 1024L * 1024 * 1024 * 1024);
        checks.Range("Journal:MaxAge", MaxAge, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3653));
        checks.Range("Journal:SyncInterval", SyncInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        checks.Defined("Journal:Sync", Sync);
        if (MaxTotalBytes < MaxSegmentBytes)
        {
            checks.Fail("Journal:MaxTotalBytes", MaxTotalBytes, $"at least Journal:MaxSegmentBytes ({MaxSegmentBytes})");
        }
    }
}

/// <summary>When journal lines are forced to the disk. Each mode survives the death of the process; they differ under power loss.</summary>
public enum JournalSync
{
    /// <summary>Never by us: the operating system decides.</summary>
    Buffered,

    /// <summary>Every <see cref="JournalOptions.SyncInterval"/>.</summary>
    Interval,

    /// <summary>After each batch.</summary>
    Always,
}
