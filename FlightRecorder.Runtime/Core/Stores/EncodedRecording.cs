using System.Buffers;

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

    /// <summary>The pooled array behind <see cref="Line"/>, or null when the line has memory of its own.</summary>
    internal byte[]? Owner { get; set; }

    /// <summary>The recording, read from the line; a copy, valid for ever.</summary>
    /// <exception cref="FormatException">The line is not one this version wrote.</exception>
    public Recording ToRecording()
        => RecordingParser.TryRead(Line.Span.TrimEnd((byte)'\n')) ?? throw new FormatException("Not a journal line of version 1.");

    /// <summary>Gives the line's memory back; called once by the writer, after the line was stored or dropped.</summary>
    internal void Release()
    {
        byte[]? owner = Owner;
        Owner = null;
        if (owner is not null)
        {
            ArrayPool<byte>.Shared.Return(owner);
        }
    }
}
