using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

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
internal sealed class JsonRedactor
{
    /// <summary>Deeper input is not parsed.</summary>
    public const int MaxDepth = 256;

    private const int NotHidden = -1;

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
    private bool _separators;
    private int _tokenMark;

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
        if (!IsUtf8(ref json, mayBeCut))
        {
            return JsonPass.Invalid;
        }

        _rules = rules;
        _output = output;
        _secrets = secrets;
        _run = 0;
        _hiddenAt = NotHidden;
        output.Room(json.Length);
        JsonPass result = Pass(json, map);
        return result == JsonPass.Cut && !mayBeCut ? JsonPass.Invalid : result;
    }

    // The labels are the states of the grammar; state that every token changes lives in locals, which the JIT keeps in registers.
    private JsonPass Pass(ReadOnlySpan<byte> json, CompiledMap root)
    {
        int at = 0;
        int depth = 0;
        bool isObject = false;
        bool hasMembers = false;
        bool separators = _separators;
        CompiledMap map = root;
        CompiledMap next = root;
        NameSlot? previous = null;
        byte current;
        if (root.Whole is { } whole)
        {
            at = SkipSpace(json, 0);
            Hide(at, 0, whole == RedactMode.Remove ? RedactMode.Mask : whole);
        }

    Value:
        if ((uint)at >= (uint)json.Length)
        {
            return CutAt(json, at);
        }

        current = json[at];
        if (current == '"')
        {
            int start = at;
            at = JsonScan.StringStop(json, at + 1, separators);
            if ((uint)at >= (uint)json.Length || json[at] != '"')
            {
                at = SlowString(json, start, at);
                if (at < 0)
                {
                    return at == JsonScan.Cut ? CutAt(json, start) : JsonPass.Invalid;
                }
            }

            if (_hiddenAt >= 0)
            {
                Collect(json[(start + 1)..at], isText: true);
            }

            at++;
            goto AfterValue;
        }

        if ((uint)(current - '0') <= 9 || current == '-')
        {
            int end = JsonScan.NumberEnd(json, at);
            if (end < 0 || (end == json.Length && depth > 0))
            {
                return end == JsonScan.Bad ? JsonPass.Invalid : CutAt(json, at);
            }

            if (_hiddenAt >= 0)
            {
                Collect(json[at..end], isText: false);
            }

            at = end;
            goto AfterValue;
        }

        if (current is (byte)'{' or (byte)'[')
        {
            if (depth == MaxDepth)
            {
                return JsonPass.Invalid;
            }

            ref Frame outer = ref _frames[depth++];
            outer.Map = map;
            outer.Previous = previous;
            outer.IsObject = isObject;
            outer.HasMembers = hasMembers;
            map = next;
            previous = null;
            isObject = current == '{';
            hasMembers = false;
            at++;
            if ((uint)at < (uint)json.Length && json[at] <= ' ')
            {
                at = SkipSpace(json, at);
            }

            // An empty one ends at once; after a comma it may not.
            if ((uint)at < (uint)json.Length && json[at] == (isObject ? '}' : ']'))
            {
                goto Close;
            }

            if (isObject)
            {
                goto Name;
            }

            goto Value;
        }

        if (current <= ' ')
        {
            int end = SkipSpace(json, at);
            if (end == at)
            {
                return JsonPass.Invalid;
            }

            at = end;
            goto Value;
        }

        {
            int end = JsonScan.LiteralEnd(json, at);
            if (end < 0)
            {
                return end == JsonScan.Cut ? CutAt(json, at) : JsonPass.Invalid;
            }

            at = end;
        }

    AfterValue:
        bool wasRemoved = false;
        if (_hiddenAt == depth)
        {
            wasRemoved = Reveal(json, at);
        }

        hasMembers |= !wasRemoved;
        if ((uint)at < (uint)json.Length && json[at] <= ' ')
        {
            at = SkipSpace(json, at);
        }

        if (depth == 0)
        {
            Flush(json, at, at);
            return at == json.Length ? JsonPass.Complete : JsonPass.Invalid;
        }

        if ((uint)at >= (uint)json.Length)
        {
            return CutAt(json, at);
        }

        current = json[at];
        if (current == ',')
        {
            at++;
            if (wasRemoved && !hasMembers)
            {
                // The first member went; its comma goes with it.
                _run = at;
            }

            next = map;
            if (!isObject)
            {
                goto Value;
            }

            goto Name;
        }

        if (current != (isObject ? '}' : ']'))
        {
            return JsonPass.Invalid;
        }

    Close:
        at++;
        depth--;
        ref Frame frame = ref _frames[depth];
        map = frame.Map;
        previous = frame.Previous;
        isObject = frame.IsObject;
        hasMembers = frame.HasMembers;
        goto AfterValue;

    Name:
        if ((uint)at < (uint)json.Length && json[at] <= ' ')
        {
            at = SkipSpace(json, at);
        }

        if ((uint)at >= (uint)json.Length)
        {
            return CutAt(json, at);
        }

        if (json[at] != '"')
        {
            return JsonPass.Invalid;
        }

        int name = at;
        int nameMark = _output.Length + name - _run;
        bool isPlain = true;

        // Objects of one type name their members in one order: the name that followed last time is compared before any is
        // looked for, and where it ends is then known without waiting for a scan.
        NameSlot? slot = previous is null ? map.First : previous.Following;
        if (slot is not null && slot.IsAt(json, at))
        {
            at += slot.Length + 1;
        }
        else
        {
            slot = null;
            at = JsonScan.StringStop(json, at + 1, separators);
            isPlain = (uint)at < (uint)json.Length && json[at] == '"';
            if (!isPlain)
            {
                at = SlowString(json, name, at);
                if (at < 0)
                {
                    return at == JsonScan.Cut ? CutAt(json, name) : JsonPass.Invalid;
                }
            }
        }

        int nameEnd = at++;
        if ((uint)at < (uint)json.Length && json[at] <= ' ')
        {
            at = SkipSpace(json, at);
        }

        if ((uint)at >= (uint)json.Length)
        {
            return CutAt(json, at);
        }

        if (json[at] != ':')
        {
            return JsonPass.Invalid;
        }

        at++;
        if ((uint)at < (uint)json.Length && json[at] <= ' ')
        {
            at = SkipSpace(json, at);
        }

        if (_hiddenAt < 0)
        {
            MemberAction action;
            if (slot is not null)
            {
                action = slot.Action;
            }
            else if (isPlain)
            {
                slot = map.Slot(json[(name + 1)..nameEnd], previous, out action);
            }
            else
            {
                action = FindEscaped(map, json[(name + 1)..nameEnd]);
            }

            previous = slot;
            next = action.Next;
            if (action.IsHidden)
            {
                HideMember(json, nameMark, at, depth, action.Mode, hasMembers);
            }
        }

        goto Value;
    }

    private bool IsUtf8(ref ReadOnlySpan<byte> json, bool mayBeCut)
    {
        _separators = false;
        if (Ascii.IsValid(json))
        {
            return true;
        }

        _separators = json.IndexOf((ReadOnlySpan<byte>)[0xE2, 0x80]) >= 0;
        if (Utf8.IsValid(json))
        {
            return true;
        }

        if (!mayBeCut)
        {
            return false;
        }

        json = json[..Utf8Cut.LengthWithoutCutRune(json)];
        return Utf8.IsValid(json);
    }

    // Writes what is before the white space, and steps over it.
    private int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        int end = JsonScan.SpaceEnd(json, at);
        Flush(json, at, end);
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Flush(ReadOnlySpan<byte> json, int to, int continueAt)
    {
        if (_hiddenAt < 0)
        {
            _output.Raw(json, _run, to);
            _run = continueAt;
        }
    }

    private MemberAction FindEscaped(CompiledMap map, ReadOnlySpan<byte> raw)
    {
        _text.Clear();
        JsonText.Unescape(raw, _text);
        return map.Find(_text.Written);
    }

    // Begins to hide a member's value; a removed member goes with its name and the comma before it.
    private void HideMember(ReadOnlySpan<byte> json, int nameMark, int value, int depth, RedactMode mode, bool hasMembers)
    {
        Flush(json, value, value);
        if (mode == RedactMode.Remove)
        {
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
            Collect(json[token] == '"' ? json[(token + 1)..] : json[token..], json[token] == '"');
        }

        // Half a value has no hash and no last characters.
        _hiddenMode = _hiddenMode == RedactMode.Remove ? RedactMode.Remove : RedactMode.Mask;
        Reveal(json, json.Length);
        return JsonPass.Cut;
    }

    // A string with escapes or line separators, from where the scan stopped. Returns its closing quote, Cut or Bad.
    private int SlowString(ReadOnlySpan<byte> json, int start, int at)
    {
        _tokenMark = _output.Length + start - _run;
        while (at < json.Length && json[at] != '"')
        {
            at = json[at] switch
            {
                (byte)'\\' => StepOverEscape(json, at),
                0xE2 => StepOverSeparator(json, at),
                _ => JsonScan.Bad,
            };
            if (at < 0)
            {
                return at;
            }

            at = JsonScan.StringStop(json, at, _separators);
        }

        return at < json.Length ? at : JsonScan.Cut;
    }

    private int StepOverEscape(ReadOnlySpan<byte> json, int at)
    {
        int end = JsonScan.EscapeEnd(json, at);
        if (end < 0 || json[at + 1] != 'u')
        {
            return end;
        }

        var unit = (char)JsonScan.CodeUnit(json, at);
        if (!char.IsSurrogate(unit))
        {
            return end;
        }

        int low = char.IsHighSurrogate(unit) ? JsonScan.CodeUnit(json, end) : -1;
        if (low >= 0 && char.IsLowSurrogate((char)low))
        {
            return end + 6;
        }

        Replace(json, at, end, @"\ufffd"u8);
        return end;
    }

    private int StepOverSeparator(ReadOnlySpan<byte> json, int at)
    {
        if (at + 2 < json.Length && json[at + 1] == 0x80 && json[at + 2] is 0xA8 or 0xA9)
        {
            Replace(json, at, at + 3, json[at + 2] == 0xA8 ? @"\u2028"u8 : @"\u2029"u8);
            return at + 3;
        }

        return at + 1;
    }

    private void Replace(ReadOnlySpan<byte> json, int from, int to, ReadOnlySpan<byte> with)
    {
        if (_hiddenAt < 0)
        {
            Flush(json, from, to);
            _output.Raw(with);
        }
    }
}
