namespace FlightRecorder;

/// <summary>A redacted recording as one journal line.</summary>
public sealed class EncodedRecording
{
    /// <summary>The recording's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its number within the run.</summary>
    public required long Sequence { get; init; }

    /// <summary>The line: UTF-8 JSON with its checksum, and the line feed.</summary>
    public required ReadOnlyMemory<byte> Line { get; init; }

    /// <summary>The recording, read from the line; a copy, valid for ever.</summary>
    /// <exception cref="FormatException">The line is not one this version wrote.</exception>
    public Recording ToRecording()
        => RecordingParser.TryRead(Line.Span.TrimEnd((byte)'\n')) ?? throw new FormatException("Not a journal line of version 1.");
}
