namespace FlightRecorder;

/// <summary>
/// Goes through SQL text word by word, past comments, string literals and dollar quotes. Stops at words, quoted names,
/// parameters with their <c>@</c>, <c>:</c> or <c>$</c> and the characters <c>( ) ; . , = &lt; &gt; !</c>; everything else is passed over.
/// </summary>
internal ref struct SqlScanner(ReadOnlySpan<char> sql)
{
    private readonly int _length = sql.Length;
    private ReadOnlySpan<char> _rest = sql;

    /// <summary>Where the token ends.</summary>
    public readonly int Position => _length - _rest.Length;

    /// <summary>The word or character; a quoted name without its quotes.</summary>
    public ReadOnlySpan<char> Token { get; private set; }

    public bool IsQuoted { get; private set; }

    public readonly bool IsParameter => !IsQuoted && Token.Length > 1 && Token[0] is ('@' or ':' or '$');

    /// <summary>A word or a quoted name.</summary>
    public readonly bool IsName => IsQuoted || (!Token.IsEmpty && (char.IsLetter(Token[0]) || Token[0] == '_'));

    public readonly bool Is(string keyword) => !IsQuoted && Token.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            if (TryTake())
            {
                return true;
            }
        }

        Token = default;
        IsQuoted = false;
        return false;
    }

    private bool TryTake()
    {
        char first = _rest[0];
        switch (first)
        {
            case '\'': SkipLiteral(); return false;
            case '-' when _rest.StartsWith("--"): SkipPast("\n"); return false;
            case '/' when _rest.StartsWith("/*"): SkipComment(); return false;
            case '$' when TrySkipDollarQuote(): return false;
            case '"': TakeQuoted('"'); return true;
            case '`': TakeQuoted('`'); return true;
            case '[': TakeQuoted(']'); return true;
            case '(' or ')' or ';' or '.' or ',' or '=' or '<' or '>' or '!': Take(1); return true;
            case '@': Take(1 + WordLength(1)); return true;
            case '$' when IsAhead(char.IsDigit): Take(1 + WordLength(1)); return true;
            case ':' when _rest.StartsWith("::"): _rest = _rest[(2 + WordLength(2))..]; return false;
            case ':' when IsAhead(char.IsLetter): Take(1 + WordLength(1)); return true;
        }

        if (char.IsLetter(first) || first == '_')
        {
            Take(WordLength());
            return true;
        }

        // A number is passed over whole, so that 1e5 never reads as a word.
        bool isWhole = char.IsDigit(first) || first is ':' or '?' or '#';
        _rest = _rest[(isWhole ? 1 + WordLength(1) : 1)..];
        return false;
    }

    private readonly bool IsAhead(Func<char, bool> holds) => _rest.Length > 1 && holds(_rest[1]);

    private void Take(int length)
    {
        Token = _rest[..length];
        IsQuoted = false;
        _rest = _rest[length..];
    }

    private void TakeQuoted(char close)
    {
        int end = _rest[1..].IndexOf(close);
        Token = end < 0 ? _rest[1..] : _rest.Slice(1, end);
        IsQuoted = true;
        _rest = end < 0 ? default : _rest[(end + 2)..];
    }

    private readonly int WordLength(int from = 0)
    {
        int length = 0;
        while (from + length < _rest.Length && IsWord(_rest[from + length]))
        {
            length++;
        }

        return length;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    // '' inside a literal starts the next one at once. A backslash escapes only in E'…'; taking it for one elsewhere would hide text.
    private void SkipLiteral()
    {
        _rest = _rest[1..];
        SkipPast("'");
    }

    private void SkipPast(string end)
    {
        int at = _rest.IndexOf(end);
        _rest = at < 0 ? default : _rest[(at + end.Length)..];
    }

    private void SkipComment()
    {
        int depth = 0;
        do
        {
            bool opens = _rest.StartsWith("/*");
            bool closes = _rest.StartsWith("*/");
            depth += opens ? 1 : closes ? -1 : 0;
            _rest = _rest[(opens || closes ? 2 : 1)..];
        }
        while (depth > 0 && !_rest.IsEmpty);
    }

    private bool TrySkipDollarQuote()
    {
        int length = _rest[1..].IndexOf('$');
        if (length < 0 || (length > 0 && !IsTag(_rest.Slice(1, length))))
        {
            return false;
        }

        ReadOnlySpan<char> tag = _rest[..(length + 2)];
        _rest = _rest[tag.Length..];
        int end = _rest.IndexOf(tag);
        _rest = end < 0 ? default : _rest[(end + tag.Length)..];
        return true;
    }

    private static bool IsTag(ReadOnlySpan<char> tag)
    {
        foreach (char c in tag)
        {
            if (!char.IsLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return !char.IsDigit(tag[0]);
    }
}
