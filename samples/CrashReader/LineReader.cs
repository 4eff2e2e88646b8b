namespace CrashReader;

/// <summary>Splits a file into lines in bounded memory: what is longer than any error is passed over, not held.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int MaxLine = 16 * 1024 * 1024;

    private readonly byte[] _chunk = new byte[64 * 1024];
    private readonly List<byte> _line = [];
    private int _at;
    private int _length;

    /// <summary>The next line without its line feed; empty for one that is too long. False at the end; a last line without a line feed is torn, and empty as well.</summary>
    public bool TryRead(out byte[] line)
    {
        _line.Clear();
        bool isTooLong = false;
        bool isAny = false;
        while (Fill())
        {
            isAny = true;
            ReadOnlySpan<byte> rest = _chunk.AsSpan(_at, _length - _at);
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = end < 0 ? rest : rest[..end];
            isTooLong |= _line.Count + part.Length > MaxLine;
            if (!isTooLong)
            {
                _line.AddRange(part);
            }

            _at += end < 0 ? part.Length : part.Length + 1;
            if (end >= 0)
            {
                line = isTooLong ? [] : [.. _line];
                return true;
            }
        }

        line = [];
        return isAny;
    }

    private bool Fill()
    {
        if (_at == _length)
        {
            _at = 0;
            _length = stream.Read(_chunk);
        }

        return _length > 0;
    }
}
