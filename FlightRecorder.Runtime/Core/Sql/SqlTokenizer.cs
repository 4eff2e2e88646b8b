namespace FlightRecorder;

/// <summary>
/// Cuts PostgreSQL text into tokens in one forward pass; every character is looked at a bounded number of times. Notices what
/// PostgreSQL does not have, or what other dialects would cut differently: nothing read from such a text can be relied on.
/// </summary>
internal ref struct SqlTokenizer(ReadOnlySpan<char> sql)
{
    private readonly ReadOnlySpan<char> _sql = sql;
    private int _at;
    private int _brackets;
    private bool _afterOperand;
    private bool _afterEscape;

    public SqlTokenKind Kind { get; private set; }

    /// <summary>Where the token begins, with quotes and prefix.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends, with quotes.</summary>
    public readonly int End => _at;

    /// <summary>Without the quotes of a name; quotes doubled in it still are.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>The text so far is of another dialect, or could be and would then mean something else.</summary>
    public bool IsForeign { get; private set; }

    /// <summary>A quote or comment is open at the end.</summary>
    public bool IsTorn { get; private set; }

    private readonly char Ahead => _at + 1 < _sql.Length ? _sql[_at + 1] : '\0';

    private readonly char Before => _at > 0 ? _sql[_at - 1] : '\0';

    public readonly bool Is(string keyword) => Kind is SqlTokenKind.Word or SqlTokenKind.Sign && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool MoveNext()
    {
        Remember();
        SkipBlanks();
        Start = _at;
        if (_at == _sql.Length)
        {
            Kind = SqlTokenKind.End;
            Text = default;
            return false;
        }

        Take(_sql[_at]);
        return true;
    }

    private void Remember()
    {
        _afterOperand = Kind switch
        {
            SqlTokenKind.Word => Text.Equals("ARRAY", StringComparison.OrdinalIgnoreCase) || !SqlWords.StandsBeforeName(Text),
            SqlTokenKind.Sign => Text is ")" or "]",
            SqlTokenKind.Number or SqlTokenKind.End => false,
            _ => true,
        };
        _afterEscape = Is("ESCAPE");
    }

    private void SkipBlanks()
    {
        while (_at < _sql.Length)
        {
            if (char.IsWhiteSpace(_sql[_at]))
            {
                _at++;
            }
            else if (_sql[_at] == '-' && Ahead == '-')
            {
                SkipLine();
            }
            else if (_sql[_at] == '/' && Ahead == '*')
            {
                SkipComment();
            }
            else
            {
                return;
            }
        }
    }

    // 5--3 is a comment here, and a number minus a negative one in MySQL.
    private void SkipLine()
    {
        bool touches = IsWord(Before) || Before == ')';
        IsForeign |= touches && _at + 2 < _sql.Length && IsWord(_sql[_at + 2]);
        int length = _sql[_at..].IndexOf('\n');
        _at = length < 0 ? _sql.Length : _at + length;
    }

    private void SkipComment()
    {
        // MySQL carries out what stands in /*! … */.
        IsForeign |= _at + 2 < _sql.Length && _sql[_at + 2] == '!';
        int depth = 0;
        while (_at < _sql.Length)
        {
            bool opens = _sql[_at] == '/' && Ahead == '*';
            bool closes = _sql[_at] == '*' && Ahead == '/';
            depth += opens ? 1 : closes ? -1 : 0;
            _at += opens || closes ? 2 : 1;
            if (depth == 0)
            {
                return;
            }
        }

        IsTorn = true;
    }

    private void Take(char first)
    {
        switch (first)
        {
            case '\'': TakeLiteral(0, escapes: false); break;
            case '"': TakeName('"'); break;
            case '`': IsForeign = true; TakeName('`'); break;
            case '[' when _brackets == 0 && !_afterOperand: IsForeign = true; TakeName(']'); break;
            case '[': _brackets++; TakeSign(1); break;
            case ']': _brackets = Math.Max(0, _brackets - 1); TakeSign(1); break;
            case '$' when TryTakeDollarQuote(): break;
            case '$' when char.IsAsciiDigit(Ahead): TakeRun(SqlTokenKind.Parameter, 1); break;
            case '@' or ':' when IsWord(Ahead) && (first == '@' || !char.IsDigit(Ahead)): TakeParameter(); break;
            case ':' when Ahead == ':': TakeSign(2); break;
            case var _ when char.IsDigit(first): TakeRun(SqlTokenKind.Number, 1); break;
            case var _ when IsWord(first) && first != '$': TakeWord(); break;
            default: TakeSign(1); break;
        }
    }

    // t@link is Oracle's, @@name SQL Server's and MySQL's.
    private void TakeParameter()
    {
        IsForeign |= _sql[_at] == '@' && (IsWord(Before) || (Before == '@' && !_afterOperand));
        TakeRun(SqlTokenKind.Parameter, 1);
    }

    private void TakeSign(int length)
    {
        // # begins a comment or a temporary table elsewhere; #>, #>> and #- are PostgreSQL's, and common.
        char sign = _sql[_at];
        IsForeign |= sign is '{' or '}' or '\\' || (sign == '#' && (Start == 0 || Ahead is not ('>' or '-' or '=')));
        Take(SqlTokenKind.Sign, length);
    }

    private void TakeWord()
    {
        int length = RunLength(1);
        char next = _at + length < _sql.Length ? _sql[_at + length] : '\0';
        ReadOnlySpan<char> word = _sql.Slice(_at, length);
        if (next == '\'')
        {
            // Of a prefix only E lets a backslash escape; q'[…]' is Oracle's.
            IsForeign |= word is "q" or "Q" or "nq" or "NQ" or "nQ" or "Nq";
            if (word.Length == 1 && (word[0] | 0x20) is 'e' or 'b' or 'x' or 'n')
            {
                TakeLiteral(1, escapes: (word[0] | 0x20) == 'e');
                return;
            }
        }
        else if (next == '&' && word is "u" or "U" && _at + 2 < _sql.Length && _sql[_at + 2] is '\'' or '"')
        {
            TakeUnicode(_sql[_at + 2]);
            return;
        }

        Take(SqlTokenKind.Word, length);
    }

    // What U&"d\0061ta" names is not decoded.
    private void TakeUnicode(char quote)
    {
        if (quote == '\'')
        {
            TakeLiteral(2, escapes: false);
            return;
        }

        IsForeign = true;
        _at += 2;
        TakeName('"');
    }

    private void TakeLiteral(int prefix, bool escapes)
    {
        int end = _at + prefix + 1;
        int backslashes = 0;
        for (; end < _sql.Length; end++)
        {
            char c = _sql[end];
            bool isEscaped = backslashes % 2 == 1;
            backslashes = c == '\\' ? backslashes + 1 : 0;
            if (c != '\'' || (escapes && isEscaped))
            {
                continue;
            }

            // Where a backslash escapes, as in MySQL, the literal goes on; ESCAPE '\' is the one usual exception.
            IsForeign |= isEscaped && !escapes && !(_afterEscape && end == _at + 2);
            if (end + 1 == _sql.Length || _sql[end + 1] != '\'')
            {
                Take(SqlTokenKind.Literal, end + 1 - _at);
                return;
            }

            end++;
        }

        IsTorn = true;
        Take(SqlTokenKind.Literal, _sql.Length - _at);
    }

    private void TakeName(char close)
    {
        int start = _at + 1;
        int end = start;
        while (end < _sql.Length && (_sql[end] != close || (end + 1 < _sql.Length && _sql[end + 1] == close)))
        {
            end += _sql[end] == close ? 2 : 1;
        }

        IsTorn |= end >= _sql.Length;
        end = Math.Min(end, _sql.Length);
        IsForeign |= end > start && _sql[end - 1] == '\\';
        Kind = SqlTokenKind.QuotedName;
        Text = _sql[start..end];
        _at = Math.Min(end + 1, _sql.Length);
    }

    private bool TryTakeDollarQuote()
    {
        int length = _at + 1;
        while (length < _sql.Length && IsWord(_sql[length]) && _sql[length] != '$')
        {
            length++;
        }

        if (length == _sql.Length || _sql[length] != '$' || char.IsDigit(Ahead))
        {
            return false;
        }

        ReadOnlySpan<char> tag = _sql[_at..(length + 1)];
        int body = _sql[(length + 1)..].IndexOf(tag);
        IsTorn |= body < 0;
        Take(SqlTokenKind.Literal, body < 0 ? _sql.Length - _at : (2 * tag.Length) + body);
        return true;
    }

    private void TakeRun(SqlTokenKind kind, int from) => Take(kind, RunLength(from));

    private readonly int RunLength(int from)
    {
        int end = _at + from;
        while (end < _sql.Length && IsWord(_sql[end]))
        {
            end++;
        }

        return end - _at;
    }

    private void Take(SqlTokenKind kind, int length)
    {
        Kind = kind;
        Text = _sql.Slice(_at, length);
        _at += length;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' || char.IsSurrogate(c);
}
