using System.Buffers;

namespace FlightRecorder;

/// <summary>
/// Finds hidden values that turn up elsewhere in a recording, as they are or encoded, and replaces them. Texts without any
/// cost one search per secret and allocate nothing. Pooled with its encoder.
/// </summary>
internal sealed partial class EchoScrubber(SecretSet secrets)
{
    // About a twentieth of a second for one line. Secrets and texts both come from requests: their product must not grow with them.
    private const long MaxWork = 50_000_000;

    private static readonly SearchValues<byte> Escapes = SearchValues.Create("%\\&+\0"u8);

    private static readonly EscapeKinds[] SingleEscapes = [EscapeKinds.Percent, EscapeKinds.Percent | EscapeKinds.Plus, EscapeKinds.Json, EscapeKinds.Html, EscapeKinds.Utf16];

    private static readonly EscapeKinds[] AnyEscapes = [EscapeKinds.Usual, EscapeKinds.Usual | EscapeKinds.Plus, .. SingleEscapes];

    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t\r\n\"'<>,;&)]}"u8);

    private readonly Utf16Forms _utf16 = new();
    private readonly DecodedText _once = new();
    private readonly DecodedText _twice = new();
    private readonly LineBuffer _decoded = new(256);
    private readonly LineBuffer _result = new(256);
    private (int Start, int End)[] _hits = new (int, int)[16];
    private int _hitCount;
    private int _shortest;
    private int _shortestRun;
    private bool _holdsEscape;
    private long _work;

    /// <summary>Whether there is anything to search for. Off, every text is clean.</summary>
    public bool IsOn { get; private set; }

    /// <summary>A text of fewer UTF-16 characters holds no secret: no encoding is shorter than what it encodes.</summary>
    public int ShortestChars { get; private set; }

    /// <summary>The scrubbed text, after <see cref="TryScrub"/> said that there is one.</summary>
    public ReadOnlySpan<byte> Result => _result.Written;

    /// <summary>Begins: all secrets are known now.</summary>
    public void Start()
    {
        IsOn = secrets.HasLong || secrets.Overflowed;
        _work = 0;
        _holdsEscape = false;
        _utf16.Clear();
        _shortest = int.MaxValue;
        ShortestChars = secrets.Overflowed ? 0 : int.MaxValue;
        for (int i = 0; i < secrets.Count; i++)
        {
            if (!secrets.IsShort(i))
            {
                // Of some scripts UTF-16 takes fewer bytes than UTF-8.
                int chars = System.Text.Encoding.UTF8.GetCharCount(secrets[i]);
                _shortest = Math.Min(_shortest, Math.Min(secrets[i].Length, 2 * chars));
                ShortestChars = Math.Min(ShortestChars, chars);
                _holdsEscape |= secrets[i].ContainsAny(Escapes);
                _utf16.Add(secrets[i]);
            }
        }

        // Base64 makes four characters of three bytes; hex is longer.
        _shortestRun = (int)Math.Clamp((((long)_shortest * 4) + 2) / 3, EncodedRuns.Shortest, int.MaxValue / 2);
    }

    /// <summary>Whether the text could hold a secret; false is certain. No encoding is shorter than what it encodes.</summary>
    public bool MayEcho(ReadOnlySpan<byte> text)
    {
        if (!IsOn || (text.Length < _shortest && !secrets.Overflowed))
        {
            return false;
        }

        var signs = default(TextSigns);
        if (TextSigns.IsSupported)
        {
            signs.Look(text);
        }

        return MayEcho(text, ref signs);
    }

    /// <summary>The same for a text that was looked over before, where <see cref="TextSigns.IsSupported"/>.</summary>
    public bool MayEcho(ReadOnlySpan<byte> text, ref TextSigns signs)
        => IsOn && (secrets.Overflowed || (text.Length >= _shortest && (HoldsPlain(text) || MayEchoEncoded(text, ref signs))));

    private bool MayEchoEncoded(ReadOnlySpan<byte> text, ref TextSigns signs)
    {
        if (!TextSigns.IsSupported || _shortestRun < TextSigns.ShortestRun)
        {
            return text.ContainsAny(Escapes) || AnyRunHolds(text);
        }

        int end = 0;
        while (!signs.IsEscaped)
        {
            foreach (int place in signs.Runs)
            {
                if (place >= end)
                {
                    (int start, end) = EncodedRuns.Around(text, place);
                    if (end - start >= _shortestRun && RunHolds(text[start..end]))
                    {
                        return true;
                    }
                }
            }

            if (!signs.HasMoreRuns)
            {
                return false;
            }

            signs.Look(text, end);
        }

        return true;
    }

    /// <summary>Whether the text holds a secret as it is.</summary>
    public bool HoldsPlain(ReadOnlySpan<byte> text)
    {
        if (!MaySearch(text))
        {
            return true;
        }

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
        if (secrets.Overflowed)
        {
            _result.Raw(secrets.Replacement);
            return true;
        }

        WriteResult(text);
        return _hitCount > 0;
    }

    public void Clear()
    {
        IsOn = false;
        _utf16.Clear();
        _once.Clear();
        _twice.Clear();
        _decoded.Wipe();
    }

    // Nanoseconds, roughly. Beyond the limit nothing more is vouched for, and all further texts are masked.
    private bool MaySearch(ReadOnlySpan<byte> text)
    {
        _work += (long)secrets.Count * (4 + (text.Length / 16));
        if (_work > MaxWork)
        {
            secrets.Overflow();
        }

        return !secrets.Overflowed;
    }

    private void FindEscaped(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny(Escapes))
        {
            return;
        }

        FindDecoded(text, EscapeKinds.Usual);
        if (text.Contains((byte)'+'))
        {
            FindDecoded(text, EscapeKinds.Usual | EscapeKinds.Plus);
        }

        // A secret that reads like an escape itself is found only where the others are undone.
        for (int i = 0; _holdsEscape && i < SingleEscapes.Length; i++)
        {
            FindDecoded(text, SingleEscapes[i]);
        }
    }

    private void FindDecoded(ReadOnlySpan<byte> text, EscapeKinds kinds)
    {
        _once.Decode(text, null, kinds);
        if (!_once.Changed)
        {
            return;
        }

        FindIn(_once.Bytes, _once);
        _twice.Decode(_once.Bytes, _once, kinds);
        if (_twice.Changed)
        {
            FindIn(_twice.Bytes, _twice);
        }
    }

    private void FindIn(ReadOnlySpan<byte> text, DecodedText? source)
    {
        if (!MaySearch(text))
        {
            return;
        }

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
            // What decoding did not change was looked into before.
            if (source?.IsPlain(start, end) != true && RunHolds(text[start..end]))
            {
                Note(start, end, source);
            }

            (start, end) = EncodedRuns.Next(text, end, _shortestRun);
        }
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
