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

    /// <summary>The pool that the line's memory came from, or null when it is its own.</summary>
    internal LinePool? Pool { get; init; }

    /// <summary>Gives the line's memory back; nobody may read it afterwards. Called once, by the writer, after the batch was stored.</summary>
    internal void Release() => Pool?.Return(Line);

    /// <summary>The recording, read from the line.</summary>
    /// <exception cref="FormatException">The line is not one this version wrote.</exception>
    public Recording ToRecording() => throw new FormatException();
}
