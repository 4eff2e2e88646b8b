namespace FlightRecorder;

/// <summary>The segment being written: its file, how much is in it, and whether that is on the disk.</summary>
internal sealed class Segment(IJournalFile file, string path, SegmentName name) : IDisposable
{
    public string Path { get; } = path;

    public SegmentName Name { get; } = name;

    /// <summary>The bytes whose write succeeded.</summary>
    public long Length { get; private set; }

    /// <summary>Whether something was written that no sync was tried for yet.</summary>
    public bool IsUnsynced { get; private set; }

    public bool IsFullFor(int bytes, long maxBytes) => Length > 0 && Length + bytes > maxBytes;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes, Length);
        Length += bytes.Length;
        IsUnsynced = true;
    }

    public void Sync()
    {
        IsUnsynced = false;
        file.Sync();
    }

    public void Dispose() => file.Dispose();
}
