namespace FlightRecorder;

/// <summary>The pieces of a segment, first to last, in bounded memory. At the end of the file it may be asked again: the file may have grown.</summary>
internal sealed class ForwardLines(Stream stream, long offset, long end = long.MaxValue)
{
    private const int Least = 4 * 1024;
    private const int Block = 256 * 1024;

    // In the middle of a line so many zeros are no accident of one byte.
    private const int ZeroRun = 512;

    private byte[] _bytes = new byte[Math.Clamp(Math.Min(stream.Length, end) - offset, Least, Block)];

    // What is in memory and not yet handed out: _bytes[_from.._to]; of it, no line feed is before _searched.
    private int _from;
    private int _to;
    private int _searched;

    // Bytes of the piece at Offset that were let go already, since nobody needs them.
    private long _passed;
    private StretchKind _passing = StretchKind.Line;

    /// <summary>Where in the file the next piece begins.</summary>
    public long Offset { get; private set; } = offset;

    private Span<byte> Held => _bytes.AsSpan(_from, _to - _from);

    /// <summary>The next whole piece; false at the end of the file, where <see cref="TakeRest"/> has what is left.</summary>
    /// <exception cref="IOException">The file cannot be read further.</exception>
    public bool TryNext(out Stretch piece)
    {
        do
        {
            if (TryTakeZeros(out piece) || TryTakeLine(out piece) || TryTakeTorn(out piece))
            {
                return true;
            }
        }
        while (ReadMore());

        return false;
    }

    /// <summary>What is left at the end of the file; false when it ends with a line.</summary>
    public bool TakeRest(out Stretch piece)
    {
        StretchKind kind = _passing == StretchKind.Line ? StretchKind.Torn : _passing;
        int held = Held.Length;
        piece = Take(kind, held, kind == StretchKind.Torn ? _bytes.AsMemory(_from, held) : default);
        return piece.Length > 0;
    }

    // A line begins with a brace: zeros in front of it are a piece of their own.
    private bool TryTakeZeros(out Stretch piece)
    {
        piece = default;
        if (_passing == StretchKind.TooLong)
        {
            return false;
        }

        int zeros = Held.IndexOfAnyExcept((byte)0);
        zeros = zeros < 0 ? Held.Length : zeros;
        if (zeros == Held.Length)
        {
            Pass(zeros, StretchKind.Zeros);
            return false;
        }

        if (zeros > 0 || _passing == StretchKind.Zeros)
        {
            piece = Take(StretchKind.Zeros, zeros, default);
            return true;
        }

        return false;
    }

    private bool TryTakeLine(out Stretch piece)
    {
        int at = _bytes.AsSpan(_searched, _to - _searched).IndexOf((byte)'\n');
        if (at < 0)
        {
            _searched = _to;
            piece = default;
            return false;
        }

        int length = _searched + at - _from;
        piece = _passing == StretchKind.TooLong || length >= LineWindow.MaxLine
            ? Take(StretchKind.TooLong, length + 1, default)
            : Take(StretchKind.Line, length + 1, _bytes.AsMemory(_from, length));
        return true;
    }

    // A line that breaks off in zeros: they may go on for gigabytes.
    private bool TryTakeTorn(out Stretch piece)
    {
        int written = Held.LastIndexOfAnyExcept((byte)0) + 1;
        if (_passing == StretchKind.Line && written > 0 && Held.Length - written >= ZeroRun)
        {
            piece = Take(StretchKind.Torn, written, _bytes.AsMemory(_from, written));
            return true;
        }

        piece = default;
        if (_passing == StretchKind.TooLong || Held.Length >= LineWindow.MaxLine)
        {
            Pass(Held.Length, StretchKind.TooLong);
        }

        return false;
    }

    private void Pass(int count, StretchKind kind)
    {
        if (count > 0)
        {
            _passing = kind;
            _passed += count;
            _from += count;
            _searched = Math.Max(_searched, _from);
        }
    }

    private Stretch Take(StretchKind kind, int count, ReadOnlyMemory<byte> bytes)
    {
        var piece = new Stretch(kind, Offset, _passed + count, bytes);
        Offset += piece.Length;
        _from += count;
        _searched = _from;
        _passed = 0;
        _passing = StretchKind.Line;
        return piece;
    }

    private bool ReadMore()
    {
        MakeRoom();
        long position = Offset + _passed + Held.Length;
        stream.Position = position;
        int count = stream.Read(_bytes, _to, (int)Math.Min(_bytes.Length - _to, Math.Max(0, end - position)));
        _to += count;
        return count > 0;
    }

    private void MakeRoom()
    {
        int held = Held.Length;
        byte[] target = held > _bytes.Length / 2 ? new byte[_bytes.Length * 2] : _bytes;
        if (_from > 0 || target != _bytes)
        {
            Buffer.BlockCopy(_bytes, _from, target, 0, held);
            _searched -= _from;
            (_bytes, _from, _to) = (target, 0, held);
        }
    }
}
