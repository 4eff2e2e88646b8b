namespace FlightRecorder;

/// <summary>The part of a segment that is in memory while it is read; it grows to the longest line and no further.</summary>
internal sealed class LineWindow(Stream stream, long length, int block = LineWindow.Block)
{
    /// <summary>The longest line of the format, and its line feed.</summary>
    public const int MaxLine = (16 * 1024 * 1024) + 1;

    /// <summary>How much is read at once where nothing else is said.</summary>
    public const int Block = 64 * 1024;

    private byte[] _bytes = [];

    // What is in memory and not yet handed out: _bytes[_start.._end], of the file from Offset on.
    private int _start;
    private int _end;

    /// <summary>Where in the file the window begins.</summary>
    public long Offset { get; private set; } = length;

    public int Length => _end - _start;

    public bool IsFull => Length >= MaxLine;

    public Span<byte> Span => _bytes.AsSpan(_start, Length);

    /// <summary>Takes all bytes after the position out of the window and returns them; the byte at the position goes too.</summary>
    public ReadOnlyMemory<byte> TakeAfter(int position)
    {
        int from = _start + position;
        ReadOnlyMemory<byte> taken = _bytes.AsMemory(from + 1, _end - from - 1);
        _end = from;
        return taken;
    }

    public ReadOnlyMemory<byte> TakeAll()
    {
        ReadOnlyMemory<byte> taken = _bytes.AsMemory(_start, Length);
        _end = _start;
        return taken;
    }

    public void Keep(int bytes) => _end = _start + bytes;

    /// <summary>Adds the block before the window; false at the beginning of the file.</summary>
    /// <exception cref="IOException">The file cannot be read, or became shorter.</exception>
    public bool ReadBack()
    {
        // As much again as there is: each byte is moved and searched a bounded number of times.
        int wanted = Math.Min(Math.Max(block, Length), Math.Max(block, MaxLine - Length));
        int count = (int)Math.Min(wanted, Offset);
        if (count == 0)
        {
            return false;
        }

        MakeRoomBefore(count);
        Offset -= count;
        stream.Position = Offset;
        stream.ReadExactly(_bytes, _start - count, count);
        _start -= count;
        return true;
    }

    private void MakeRoomBefore(int count)
    {
        int held = Length;
        if (_start >= count)
        {
            return;
        }

        byte[] target = held + count <= _bytes.Length ? _bytes : new byte[Math.Max(held + count, block)];
        Buffer.BlockCopy(_bytes, _start, target, target.Length - held, held);
        _bytes = target;
        _start = target.Length - held;
        _end = target.Length;
    }
}
