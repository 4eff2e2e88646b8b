using System.Buffers;
using System.Buffers.Text;

namespace FlightRecorder;

/// <summary>
/// Finds hidden values that turn up elsewhere in a recording, as they are or encoded, and replaces them. Texts without any
/// cost one search per secret and allocate nothing. Pooled with its encoder.
/// </summary>
internal sealed class EchoScrubber(SecretSet secrets)
{
    private static readonly SearchValues<byte> Escapes = SearchValues.Create("%\\&+"u8);

    private static readonly SearchValues<byte> GuidCharacters = SearchValues.Create("0123456789abcdefABCDEF-"u8);

    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t\r\n\"'<>,;&)]}"u8);

    private readonly DecodedText _once = new();
    private readonly DecodedText _twice = new();
    private readonly LineBuffer _decoded = new(256);
    private readonly LineBuffer _result = new(256);
    private (int Start, int End)[] _hits = new (int, int)[16];
    private int _hitCount;
    private int _shortest;
    private int _shortestRun;

    /// <summary>Whether there is anything to search for. Off, every text is clean.</summary>
    public bool IsOn { get; private set; }

    /// <summary>A text of fewer UTF-16 characters holds no secret: no encoding is shorter than what it encodes.</summary>
    public int ShortestChars { get; private set; }

    /// <summary>The scrubbed text, after <see cref="TryScrub"/> said that there is one.</summary>
    public ReadOnlySpan<byte> Result => _result.Written;

    /// <summary>Begins: all secrets are known now.</summary>
    public void Start(bool enabled)
    {
        IsOn = enabled && (secrets.HasLong || secrets.Overflowed);
        _shortest = int.MaxValue;
        ShortestChars = secrets.Overflowed ? 0 : int.MaxValue;
        for (int i = 0; i < secrets.Count; i++)
        {
            if (!secrets.IsShort(i))
            {
                _shortest = Math.Min(_shortest, secrets[i].Length);
                ShortestChars = Math.Min(ShortestChars, System.Text.Encoding.UTF8.GetCharCount(secrets[i]));
            }
        }

        // Base64 makes four characters of three bytes; hex is longer.
        _shortestRun = (int)Math.Clamp((long)_shortest * 4 / 3, EncodedRuns.Shortest, int.MaxValue / 2);
    }

    /// <summary>Whether the text could hold a secret; false is certain. No encoding is shorter than what it encodes.</summary>
    public bool MayEcho(ReadOnlySpan<byte> text)
        => IsOn && (secrets.Overflowed || (text.Length >= _shortest && (HoldsPlain(text) || MayEchoEncoded(text))));

    private bool MayEchoEncoded(ReadOnlySpan<byte> text)
        => (!EncodingSigns.CanLookFor(_shortestRun) || EncodingSigns.MayHave(text)) && (text.ContainsAny(Escapes) || AnyRunHolds(text));

    /// <summary>Whether the text holds a secret as it is.</summary>
    public bool HoldsPlain(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < secrets.Count; i++)
        {
            if (!secrets.IsShort(i) && text.IndexOf(secrets[i]) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Replaces the secrets in a text; false when it holds none.</summary>
    public bool TryScrub(ReadOnlySpan<byte> text)
    {
        if (!MayEcho(text))
        {
            return false;
        }

        _result.Clear();
        if (secrets.Overflowed)
        {
            _result.Raw(secrets.Replacement);
            return true;
        }

        _hitCount = 0;
        FindIn(text, null);
        FindEscaped(text);
        WriteResult(text);
        return _hitCount > 0;
    }

    public void Clear()
    {
        IsOn = false;
        _once.Clear();
        _twice.Clear();
        _decoded.Wipe();
    }

    private void FindEscaped(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny(Escapes))
        {
            return;
        }

        _once.Decode(text, null, plusIsSpace: false);
        if (_once.Changed)
        {
            FindIn(_once.Bytes, _once);
            _twice.Decode(_once.Bytes, _once, plusIsSpace: false);
            if (_twice.Changed)
            {
                FindIn(_twice.Bytes, _twice);
            }
        }

        if (text.Contains((byte)'+'))
        {
            _once.Decode(text, null, plusIsSpace: true);
            FindIn(_once.Bytes, _once);
        }
    }

    private void FindIn(ReadOnlySpan<byte> text, DecodedText? source)
    {
        for (int i = 0; i < secrets.Count; i++)
        {
            if (!secrets.IsShort(i))
            {
                FindPlain(text, i, source);
            }
        }

        (int start, int end) = EncodedRuns.Next(text, 0, _shortestRun);
        while (start < text.Length)
        {
            if (RunHolds(text[start..end]))
            {
                Note(start, end, source);
            }

            (start, end) = EncodedRuns.Next(text, end, _shortestRun);
        }
    }

    private bool AnyRunHolds(ReadOnlySpan<byte> text)
    {
        (int start, int end) = EncodedRuns.Next(text, 0, _shortestRun);
        while (start < text.Length)
        {
            if (RunHolds(text[start..end]))
            {
                return true;
            }

            (start, end) = EncodedRuns.Next(text, end, _shortestRun);
        }

        return false;
    }

    private void FindPlain(ReadOnlySpan<byte> text, int index, DecodedText? source)
    {
        ReadOnlySpan<byte> secret = secrets[index];
        int from = 0;
        while (text[from..].IndexOf(secret) is >= 0 and int found)
        {
            int start = from + found;
            from = start + secret.Length;
            if (secrets.IsCut(index))
            {
                // Its rest is not known, but here it may stand whole.
                int rest = text[from..].IndexOfAny(WordEnds);
                from = rest < 0 ? text.Length : from + rest;
            }

            Note(start, from, source);
        }
    }

    // Where in the run the encoding begins is unknown: base64 has four phases.
    private bool RunHolds(ReadOnlySpan<byte> run)
        => !IsGuid(run) && (Base64Holds(run) || Base64Holds(run[1..]) || Base64Holds(run[2..]) || Base64Holds(run[3..]) || HexHolds(run));

    // Ids are everywhere, and no encoding looks like one: 8-4-4-4-12 hex digits.
    private static bool IsGuid(ReadOnlySpan<byte> run)
        => run.Length == 36 && run[8] == '-' && run[13] == '-' && run[18] == '-' && run[23] == '-' && !run.ContainsAnyExcept(GuidCharacters);

    private bool Base64Holds(ReadOnlySpan<byte> run)
    {
        // The last group may lack its padding: A stands for zero bits.
        int length = (run.Length + 3) / 4 * 4;
        _decoded.Clear();
        Span<byte> bytes = _decoded.Room(length)[..length];
        bytes.Fill((byte)'A');
        run.CopyTo(bytes);
        bytes.Replace((byte)'-', (byte)'+');
        bytes.Replace((byte)'_', (byte)'/');
        return Base64.DecodeFromUtf8InPlace(bytes, out int written) == OperationStatus.Done && DecodedHolds(bytes[..written]);
    }

    // Hex may stand among other characters of the run, as after 0x or between hyphens.
    private bool HexHolds(ReadOnlySpan<byte> run)
    {
        while (run.Length >= EncodedRuns.Shortest)
        {
            int length = 0;
            while (length < run.Length && char.IsAsciiHexDigit((char)run[length]))
            {
                length++;
            }

            if (length >= EncodedRuns.Shortest && (HexDecodedHolds(run[..length]) || HexDecodedHolds(run[1..length])))
            {
                return true;
            }

            run = run[Math.Min(run.Length, length + 1)..];
        }

        return false;
    }

    private bool HexDecodedHolds(ReadOnlySpan<byte> digits)
    {
        Span<byte> bytes = _decoded.Room(digits.Length)[..(digits.Length / 2)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((UrlText.Digit(digits[2 * i]) << 4) | UrlText.Digit(digits[(2 * i) + 1]));
        }

        return DecodedHolds(bytes);

    }

    // Also as UTF-16: without its zero bytes, ASCII text is itself again.
    private bool DecodedHolds(Span<byte> bytes)
    {
        if (HoldsPlain(bytes))
        {
            return true;
        }

        if (!bytes.Contains((byte)0))
        {
            return false;
        }

        int kept = 0;
        foreach (byte value in bytes)
        {
            bytes[kept] = value;
            kept += value == 0 ? 0 : 1;
        }

        return HoldsPlain(bytes[..kept]);
    }

    private void Note(int start, int end, DecodedText? source)
    {
        if (_hitCount == _hits.Length)
        {
            Array.Resize(ref _hits, _hitCount * 2);
        }

        _hits[_hitCount++] = source is null ? (start, end) : (source.SourceStart(start), source.SourceEnd(end - 1));
    }

    // Hits that overlap or touch are replaced by one mask.
    private void WriteResult(ReadOnlySpan<byte> text)
    {
        Array.Sort(_hits, 0, _hitCount);
        int at = 0;
        for (int i = 0; i < _hitCount; i++)
        {
            (int start, int end) = _hits[i];
            if (start >= at)
            {
                _result.Raw(text[at..start]);
                _result.Raw(secrets.Replacement);
            }

            at = Math.Max(at, end);
        }

        _result.Raw(text[at..]);
    }
}
