namespace FlightRecorder;

/// <summary>
/// What a reading of the journal met: what was read, and what was skipped and why. With conditions, only lines that may meet them
/// are looked at and counted. Not safe for concurrent use.
/// </summary>
public sealed class JournalScan
{
    /// <summary>Segments opened.</summary>
    public long Segments { get; internal set; }

    /// <summary>Intact lines seen.</summary>
    public long Lines { get; internal set; }

    /// <summary>Segments that could not be opened or read to their end.</summary>
    public long UnreadableSegments { get; internal set; }

    /// <summary>Unfinished last lines.</summary>
    public long TornLines { get; internal set; }

    /// <summary>Stretches of zero bytes, as a power loss leaves them.</summary>
    public long ZeroRuns { get; internal set; }

    /// <summary>Lines that are damaged, or no journal lines.</summary>
    public long CorruptLines { get; internal set; }

    /// <summary>Stretches without a line feed longer than any line may be.</summary>
    public long OversizedLines { get; internal set; }

    /// <summary>Lines of a later version.</summary>
    public long FutureLines { get; internal set; }

    /// <summary>Lines of a kind this version does not know.</summary>
    public long UnknownKinds { get; internal set; }

    /// <summary>Everything that was skipped.</summary>
    public long Skipped => UnreadableSegments + TornLines + ZeroRuns + CorruptLines + OversizedLines + FutureLines + UnknownKinds;

    internal void Count(StretchKind kind)
    {
        switch (kind)
        {
            case StretchKind.Torn:
                TornLines++;
                break;
            case StretchKind.Zeros:
                ZeroRuns++;
                break;
            case StretchKind.TooLong:
                OversizedLines++;
                break;
        }
    }

    internal void Count(LineContent content)
    {
        switch (content)
        {
            case LineContent.FutureVersion:
                FutureLines++;
                break;
            case LineContent.UnknownKind:
                UnknownKinds++;
                break;
            case LineContent.Malformed:
                CorruptLines++;
                break;
        }
    }
}
