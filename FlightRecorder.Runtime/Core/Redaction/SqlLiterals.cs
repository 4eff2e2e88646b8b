using System.Buffers;

namespace FlightRecorder;

/// <summary>
/// Hides the literals that SQL text gives to columns with secret names: compared or assigned (<c>password = 'x'</c>, <c>IN</c>,
/// <c>LIKE</c>, inside a function), inserted (<c>INSERT INTO t (a, password) VALUES (1, 'x')</c>), or named by a clause
/// (<c>PASSWORD 'x'</c>, <c>IDENTIFIED BY 'x'</c>). One pass; statements of any dialect, as far as they agree.
/// </summary>
internal ref struct SqlLiterals(ReadOnlySpan<byte> sql, CompiledMap names)
{
    private const int MaxColumns = 64;
    private const int None = -1;

    // What ends the reach of a name before it.
    private static readonly string[] Borders =
        ["and", "or", "where", "from", "set", "values", "select", "order", "group", "having", "limit", "returning", "on", "when", "then", "else", "end", "union", "as"];

    private static readonly SearchValues<byte> WordCharacters
        = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$#"u8);

    private static readonly SearchValues<byte> LiteralStarts = SearchValues.Create("'$0123456789"u8);

    private readonly ReadOnlySpan<byte> _sql = sql;
    private int _depth;

    // How deep in parentheses the name stands whose values are hidden, or None.
    private int _hiddenAt = None;

    // The columns of an INSERT, and which value of a row is next.
    private ulong _hiddenColumns;
    private int _columns = None;
    private int _value = None;
    private bool _isRange;

    /// <summary>Whether there are literals; false is certain.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> sql)
    {
        int at = 0;
        while (sql[at..].IndexOfAny(LiteralStarts) is >= 0 and int found)
        {
            at += found + 1;
            bool isParameter = at > 1 && (WordCharacters.Contains(sql[at - 2]) || sql[at - 2] is (byte)'@' or (byte)':' or (byte)'?');
            if (sql[at - 1] switch
            {
                (byte)'\'' => true,
                (byte)'$' => at < sql.Length && !char.IsAsciiDigit((char)sql[at]),
                _ => !isParameter,
            })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the text with its secret literals replaced. Returns false, and writes nothing, when it has none.</summary>
    public bool Redact(RedactionRules rules, LineBuffer output, SecretSet? secrets)
    {
        int run = 0;
        int at = 0;
        while (at < _sql.Length)
        {
            (int start, int end, int next) = Literal(at);
            if (next == None)
            {
                at = Step(at);
                continue;
            }

            at = next;
            if (end > start && IsHidden())
            {
                Collect(_sql[start..end], secrets);
                output.Raw(_sql[run..start]);
                output.Raw(rules.Replacement);
                run = end;
            }
        }

        if (run == 0)
        {
            return false;
        }

        output.Raw(_sql[run..]);
        return true;
    }

    // As it stands, and with its doubled quotes as the value has them.
    private static void Collect(ReadOnlySpan<byte> literal, SecretSet? secrets)
    {
        TextRedactor.Collect(literal, secrets);
        if (secrets is null || literal.IndexOf("''"u8) < 0)
        {
            return;
        }

        byte[] value = new byte[literal.Length];
        int length = 0;
        for (int i = 0; i < literal.Length; i++)
        {
            value[length++] = literal[i];
            i += literal[i] == '\'' ? 1 : 0;
        }

        TextRedactor.Collect(value.AsSpan(0, length), secrets);
    }

    private readonly bool IsHidden()
        => _hiddenAt != None || (_value >= 0 && _depth > 0 && IsHiddenColumn(_value));

    private readonly bool IsHiddenColumn(int index) => index < MaxColumns ? (_hiddenColumns >> index & 1) != 0 : _hiddenColumns != 0;

    // A literal at a position: what of it is its value, and what follows it.
    private readonly (int Start, int End, int Next) Literal(int at)
    {
        byte first = _sql[at];
        if (first == '\'')
        {
            int end = QuoteEnd(at + 1);
            return (at + 1, end, Math.Min(end + 1, _sql.Length));
        }

        if (char.IsAsciiDigit((char)first))
        {
            int length = _sql[at..].IndexOfAnyExcept(WordCharacters);
            int end = length < 0 ? _sql.Length : at + length;
            return (at, end, end);
        }

        return first == '$' ? DollarQuote(at) : (0, 0, None);
    }

    // A doubled quote is one quote.
    private readonly int QuoteEnd(int at)
    {
        while (_sql[at..].IndexOf((byte)'\'') is >= 0 and int found)
        {
            at += found;
            bool isDoubled = at + 1 < _sql.Length && _sql[at + 1] == '\'';
            if (!isDoubled)
            {
                return at;
            }

            at += 2;
        }

        return _sql.Length;
    }

    // $tag$ … $tag$
    private readonly (int Start, int End, int Next) DollarQuote(int at)
    {
        int length = _sql[(at + 1)..].IndexOfAnyExcept(WordCharacters);
        ReadOnlySpan<byte> rest = _sql[(at + 1)..];
        int close = rest.IndexOf((byte)'$');
        if (close < 0 || (close > 0 && char.IsAsciiDigit((char)rest[0])) || (length >= 0 && close > length))
        {
            return (0, 0, None);
        }

        ReadOnlySpan<byte> tag = _sql.Slice(at, close + 2);
        int start = at + tag.Length;
        int end = _sql[start..].IndexOf(tag);
        return end < 0 ? (start, _sql.Length, _sql.Length) : (start, start + end, start + end + tag.Length);
    }

    // Steps over whatever is no literal.
    private int Step(int at)
    {
        byte first = _sql[at];
        switch (first)
        {
            case (byte)'(': Open(); return at + 1;
            case (byte)')': Close(); return at + 1;
            case (byte)',': Comma(); return at + 1;
            case (byte)';': Forget(); return at + 1;
            case (byte)'"' or (byte)'`': return Name(at + 1, first);
            case (byte)'[': return Name(at + 1, (byte)']');
            case (byte)'-' when _sql[at..].StartsWith("--"u8): return Past(at, "\n"u8);
            case (byte)'/' when _sql[at..].StartsWith("/*"u8): return Past(at, "*/"u8);
            case (byte)'@' or (byte)':' or (byte)'$' or (byte)'?' or (byte)'#': return WordEnd(at + 1);
        }

        return WordCharacters.Contains(first) ? Word(at) : at + 1;
    }

    private readonly int Past(int at, ReadOnlySpan<byte> end)
    {
        int found = _sql[at..].IndexOf(end);
        return found < 0 ? _sql.Length : at + found + end.Length;
    }

    private readonly int WordEnd(int at)
    {
        int length = _sql[at..].IndexOfAnyExcept(WordCharacters);
        return length < 0 ? _sql.Length : at + length;
    }

    private int Name(int at, byte close)
    {
        int length = _sql[at..].IndexOf(close);
        int end = length < 0 ? _sql.Length : at + length;
        Take(_sql[at..end]);
        return Math.Min(end + 1, _sql.Length);
    }

    private int Word(int at)
    {
        int end = WordEnd(at);
        ReadOnlySpan<byte> word = _sql[at..end];
        if (end < _sql.Length && _sql[end] == '\'' && word.Length <= 2)
        {
            // N'…', E'…': a prefix of the literal.
            return end;
        }

        if (Is(word, "insert"))
        {
            (_columns, _hiddenColumns, _value) = (0, 0, None);
        }
        else if (Is(word, "values") && _columns > 0)
        {
            (_value, _hiddenAt) = (0, None);
        }
        else if (_isRange && Is(word, "and"))
        {
            _isRange = false;
        }
        else if (IsBorder(word))
        {
            _hiddenAt = None;
            _value = None;
        }
        else
        {
            Take(word);
        }

        return end;
    }

    // A hidden name reaches until a border; functions and operators on the way change nothing.
    private void Take(ReadOnlySpan<byte> name)
    {
        _isRange = Is(name, "between");
        bool hidden = names.Find(name).IsHidden || Is(name, "identified");
        if (_columns >= 0 && _value == None && _depth == 1)
        {
            _hiddenColumns |= hidden ? 1UL << Math.Min(_columns, MaxColumns - 1) : 0;
        }
        else if (hidden)
        {
            _hiddenAt = _depth;
        }
    }

    private void Open()
    {
        _depth++;
        if (_depth == 1 && _value != None)
        {
            _value = 0;
        }
    }

    private void Close()
    {
        _depth = Math.Max(0, _depth - 1);
        if (_depth < _hiddenAt)
        {
            _hiddenAt = None;
        }

        if (_depth == 0 && _columns == 0 && _value == None)
        {
            _columns = 1;
        }
    }

    private void Comma()
    {
        if (_depth <= _hiddenAt)
        {
            _hiddenAt = None;
        }

        if (_depth == 1 && _value != None)
        {
            _value++;
        }
        else if (_depth == 1 && _columns >= 0)
        {
            _columns++;
        }
    }

    private void Forget()
    {
        _hiddenAt = _columns = _value = None;
        _hiddenColumns = 0;
        _depth = 0;
    }

    private static bool IsBorder(ReadOnlySpan<byte> word)
    {
        foreach (string border in Borders)
        {
            if (Is(word, border))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(ReadOnlySpan<byte> word, string keyword) => System.Text.Ascii.EqualsIgnoreCase(word, keyword);
}
