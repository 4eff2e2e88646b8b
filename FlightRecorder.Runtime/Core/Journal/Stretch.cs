namespace FlightRecorder;

/// <summary>A piece of a segment, read forwards.</summary>
/// <param name="Kind">What it is, before anything in it is checked.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Length">How long it is, its line feed included.</param>
/// <param name="Bytes">Its bytes without the line feed, valid until the next piece is asked for; none of zeros and of what is too long.</param>
internal readonly record struct Stretch(StretchKind Kind, long Offset, long Length, ReadOnlyMemory<byte> Bytes);

/// <summary>The kinds of pieces.</summary>
internal enum StretchKind
{
    /// <summary>Ended by a line feed.</summary>
    Line,

    /// <summary>Not ended: the file, or a run of zeros, begins where the rest should be.</summary>
    Torn,

    /// <summary>Zero bytes, as a power loss leaves them.</summary>
    Zeros,

    /// <summary>Longer than any line may be.</summary>
    TooLong,
}
