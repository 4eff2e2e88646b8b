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

    /// <summary>The pool that the line's memory came from; absent when it is the line's own.</summary>
    internal LinePool? Pool
    {
        init => _pool = value;
    }

    /// <summary>Whether the line's memory is still to be given back.</summary>
    internal bool IsPooled => _pool is not null;

    /// <summary>The recording, read from the line; a copy, valid for ever.</summary>
    /// <exception cref="FormatException">The line is not one this version wrote.</exception>
    public Recording ToRecording()
        => RecordingParser.TryRead(Line.Span.TrimEnd((byte)'\n')) ?? throw new FormatException("Not a journal line of version 1.");

    /// <summary>Gives the line's memory back; called by the writer after the line was stored or dropped. Nobody may read it afterwards.</summary>
    internal void Release() => Interlocked.Exchange(ref _pool, null)?.Return(Line);
}
