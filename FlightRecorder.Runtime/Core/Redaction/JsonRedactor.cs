using System.Runtime.CompilerServices;

namespace FlightRecorder;

/// <summary>How a pass over JSON ended.</summary>
internal enum JsonPass
{
    /// <summary>One valid JSON text; it was written whole.</summary>
    Complete,

    /// <summary>Valid as far as it goes; everything before the cut token was written.</summary>
    Cut,

    /// <summary>No JSON; what was written means nothing.</summary>
    Invalid,
}

/// <summary>
/// One forward pass over UTF-8 JSON: validates the whole grammar, drops white space, hides what the rules hide and collects
/// what it hid. What stays is copied in runs between edits. Not recursive; used again and again by one thread at a time.
/// </summary>
internal sealed partial class JsonRedactor
{
    /// <summary>Deeper input is not parsed.</summary>
    public const int MaxDepth = 256;

    private const int NotHidden = -1;
    private const int NotPlain = -1;

    private readonly Frame[] _frames = new Frame[MaxDepth];
    private readonly LineBuffer _text = new(256);
    private RedactionRules _rules = null!;
    private LineBuffer _output = null!;
    private SecretSet _secrets = null!;

    // Everything before it is written or dropped.
    private int _run;

    // The depth of the value being hidden; inside it nothing is written.
    private int _hiddenAt;
    private int _hiddenStart;
    private RedactMode _hiddenMode;
    private StringStops _stops;
    private int _tokenMark;

    // What white space between lines was last time: the line's end, and so many characters for each level.
    private int _lineEnd = 1;
    private int _indent = 2;

    private struct Frame
    {
        public CompiledMap Map;
        public NameSlot? Previous;
        public bool IsObject;
        public bool HasMembers;
    }

    /// <summary>Writes the redacted JSON.</summary>
    /// <param name="json">The input.</param>
    /// <param name="map">The rules of the root.</param>
    /// <param name="mayBeCut">Whether input that ends too early is written as far as it goes.</param>
    /// <param name="rules">How hidden values look.</param>
    /// <param name="output">Where to; appended to.</param>
    /// <param name="secrets">Receives the hidden values.</param>
    public JsonPass Redact(ReadOnlySpan<byte> json, CompiledMap map, bool mayBeCut, RedactionRules rules, LineBuffer output, SecretSet secrets)
    {
        if (mayBeCut)
        {
            json = json[..Utf8Cut.LengthWithoutCutRune(json)];
        }

        _rules = rules;
        _output = output;
        _secrets = secrets;
        _run = 0;
        _hiddenAt = NotHidden;
        _stops = StringStops.BeyondAscii;
        output.Room(json.Length);
        JsonPass result = Pass(json, map);
        return result == JsonPass.Cut && !mayBeCut ? JsonPass.Invalid : result;
    }

    // At the first byte beyond ASCII, which only a string may hold: most bodies have none, and need no look of their own.
    // Before it may be names that are known, and were looked at when they were learnt.
    private bool IsUtf8(ReadOnlySpan<byte> json, int at)
    {
        bool isValid = Utf8Check.IsValid(json, at, out bool hasSeparators);
        _stops = hasSeparators ? StringStops.Separators : StringStops.None;
        return isValid;
    }

    // Writes what is before the white space, and steps over it. Where the next token is expected, the processor goes on
    // there at once: what the scan finds is only compared, and need not be waited for.
    private int SkipSpace(ReadOnlySpan<byte> json, int at, int depth)
    {
        int expected = at + _lineEnd + (_indent * depth);
        int end = JsonScan.SpaceEnd(json, at);
        if (end == expected)
        {
            Flush(json, at, expected);
            return expected;
        }

        return SkipOtherSpace(json, at, end, depth);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int SkipOtherSpace(ReadOnlySpan<byte> json, int at, int end, int depth)
    {
        if (depth > 0 && json[at] is (byte)'\n' or (byte)'\r')
        {
            _lineEnd = json[at] == '\r' ? 2 : 1;
            _indent = (end - at - _lineEnd) / depth;
        }

        Flush(json, at, end);
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Flush(ReadOnlySpan<byte> json, int to, int continueAt)
    {
        if (_hiddenAt < 0)
        {
            int run = _run;
            _run = continueAt;
            _output.Raw(json, run, to);
        }
    }

    private MemberAction FindEscaped(CompiledMap map, ReadOnlySpan<byte> raw)
    {
        _text.Clear();
        JsonText.Unescape(raw, _text);
        return map.Find(_text.Written);
    }

    // Begins to hide a member's value; a removed member goes with its name and the comma before it. A name that is plain
    // was just written as it stands, with its quotes and the colon.
    private void HideMember(ReadOnlySpan<byte> json, int plainName, int value, int depth, RedactMode mode, bool hasMembers)
    {
        Flush(json, value, value);
        if (mode == RedactMode.Remove)
        {
            int nameMark = plainName == NotPlain ? _tokenMark : _output.Length - plainName;
            _output.CutTo(hasMembers ? nameMark - 1 : nameMark);
        }

        Hide(value, depth, mode);
    }

    private void Hide(int value, int depth, RedactMode mode)
    {
        _hiddenAt = depth;
        _hiddenStart = value;
        _hiddenMode = mode;
    }

    // The hidden value has ended: writes what stands for it. Returns whether the member was removed instead.
    private bool Reveal(ReadOnlySpan<byte> json, int end)
    {
        _hiddenAt = NotHidden;
        _run = end;
        if (_hiddenMode == RedactMode.Remove)
        {
            return true;
        }

        ReadOnlySpan<byte> value = json[_hiddenStart..end];
        if (value.Length >= 2 && value[0] == '"')
        {
            HiddenValue.Write(_output, _hiddenMode, Decoded(value[1..^1]), isScalar: true, _rules);
        }
        else
        {
            bool isScalar = !value.IsEmpty && value[0] is not ((byte)'{' or (byte)'[');
            HiddenValue.Write(_output, _hiddenMode, value, isScalar, _rules);
        }

        return false;
    }

    private void Collect(ReadOnlySpan<byte> token, bool isText) => _secrets.Add(isText ? Decoded(token) : token);

    private ReadOnlySpan<byte> Decoded(ReadOnlySpan<byte> token)
    {
        if (token.IndexOf((byte)'\\') < 0)
        {
            return token;
        }

        _text.Clear();
        JsonText.Unescape(token, _text);
        return _text.Written;
    }

    // The input ended in the token that begins at a position: the token is dropped; hidden, its part is a secret all the same.
    private JsonPass CutAt(ReadOnlySpan<byte> json, int token)
    {
        if (_hiddenAt < 0)
        {
            if (token < _run)
            {
                _output.CutTo(_tokenMark);
            }
            else
            {
                Flush(json, token, json.Length);
            }

            return JsonPass.Cut;
        }

        if (token < json.Length)
        {
            _secrets.AddCut(json[token] == '"' ? Decoded(json[(token + 1)..]) : json[token..]);
        }

        // Half a value has no hash and no last characters.
        _hiddenMode = _hiddenMode == RedactMode.Remove ? RedactMode.Remove : RedactMode.Mask;
        Reveal(json, json.Length);
        return JsonPass.Cut;
    }
}
