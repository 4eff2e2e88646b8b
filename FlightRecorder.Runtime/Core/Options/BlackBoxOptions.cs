namespace FlightRecorder;

/// <summary>What survives a crash, and what is kept in memory for later.</summary>
public sealed class BlackBoxOptions
{
    /// <summary>
    /// Whether requests in the air are marked in a memory-mapped file of 2 MiB, so that the next start shows them as unfinished when
    /// the process dies. Where the file cannot be made: one warning, and no slots. Default: true.
    /// </summary>
    public bool Slots { get; set; } = true;

    /// <summary>
    /// How many bytes of finished requests that their rule's <see cref="RecordAttribute.Keep"/> does not want stay in memory, not encoded, 0 to
    /// 1 GiB: the oldest make room for newer ones, and <see cref="Flight.Dump"/>, SIGUSR1 or a crash has them written. Default: 0, none.
    /// </summary>
    public long RingBytes { get; set; }

    /// <summary>Where the slot file lies, as <see cref="JournalOptions.Directory"/>. Default: the journal's directory; without a journal no slots.</summary>
    public string? Directory { get; set; }

    internal void Validate(OptionChecks checks)
    {
        checks.Range("BlackBox:RingBytes", RingBytes, 0, 1024L * 1024 * 1024);
        if (Directory is not null)
        {
            DirectoryRule.Check("BlackBox:Directory", Directory, checks);
        }
    }
}
