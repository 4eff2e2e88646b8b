namespace FlightRecorder;

/// <summary>Where the readers stand in a text: the token, the one before it, and how deep in parentheses.</summary>
internal ref struct SqlCursor(ReadOnlySpan<char> sql)
{
    // Text nested deeper is not read: every level takes stack.
    private const int MaxNesting = 16;

    private readonly ReadOnlySpan<char> _sql = sql;
    private SqlTokenizer _tokens = new(sql);
    private SqlTokenizer _previous;
    private bool _namesType;
    private bool _isQualified;
    private int _depth;
    private int _base;

    public readonly SqlTokenKind Kind => _tokens.Kind;

    public readonly ReadOnlySpan<char> Text => _tokens.Text;

    public readonly int Start => _tokens.Start;

    /// <summary>Where the token before this one ends.</summary>
    public readonly int LastEnd => _previous.End;

    public int StatementStart { get; set; }

    /// <summary>The statement from where it began up to the token before this one.</summary>
    public readonly SqlSpan Span => new(StatementStart, LastEnd - StatementStart);

    /// <summary>What the statement just read is followed by, without text of its own: COMMIT AND CHAIN begins again.</summary>
    public SqlStatement? Then { get; set; }

    /// <summary>A function was called that may have side effects.</summary>
    public bool CallsUnknown { get; set; }

    /// <summary>A parenthesis closes that never opened.</summary>
    public bool IsUnbalanced { get; private set; }

    /// <summary>Nothing read from the text can be relied on.</summary>
    public readonly bool IsUnreliable => _tokens.IsForeign || _tokens.IsTorn || IsUnbalanced || (Kind == SqlTokenKind.End && _depth != 0);

    /// <summary>Not within parentheses of the statement.</summary>
    public readonly bool IsTop => _depth == _base;

    /// <summary>The statement is over: at its semicolon, or at the parenthesis around it.</summary>
    public readonly bool IsEnd => Kind == SqlTokenKind.End || (_base == 0 ? _depth == 0 && Is(";") : _depth < _base);

    public readonly bool IsWord => Kind == SqlTokenKind.Word;

    /// <summary>A name that needs no quotes, or has them.</summary>
    public readonly bool IsName => Kind == SqlTokenKind.QuotedName || (IsWord && !SqlWords.IsReserved(Text));

    /// <summary>A word at the top of the statement that is no part of a qualified name and no alias after AS.</summary>
    public readonly bool IsTopWord => IsTop && IsWord && !After(".") && !After("AS");

    /// <summary>The word is one that a statement begins with, in a place where one could begin were there no semicolons.</summary>
    public readonly bool BeginsStatement => IsWord && !IsOperand && SqlWords.BeginsStatement(Text);

    public readonly bool Is(string keyword) => _tokens.Is(keyword);

    public readonly bool IsAny(string first, string second) => Is(first) || Is(second);

    public readonly bool After(string keyword) => _previous.Is(keyword);

    public readonly bool AfterName => _previous.Kind == SqlTokenKind.QuotedName
        || (_previous.Kind == SqlTokenKind.Word && !SqlWords.IsReserved(_previous.Text));

    public void Next()
    {
        _namesType = _previous.Is("AS") || _previous.Is("::");
        _isQualified = _previous.Is(".");
        _previous = _tokens;
        if (_previous.Is("(") || _previous.Is("["))
        {
            _depth++;
        }

        _tokens.MoveNext();
        if (Is(")") || Is("]"))
        {
            _depth--;
            IsUnbalanced |= _depth < 0;
        }

        CallsUnknown |= Is("(") && IsUnknownFunction();
    }

    /// <summary>Goes past the word when it is there.</summary>
    public bool Skip(string keyword)
    {
        bool isThere = Is(keyword);
        if (isThere)
        {
            Next();
        }

        return isThere;
    }

    public void SkipToEnd()
    {
        while (!IsEnd)
        {
            Next();
        }
    }

    /// <summary>Begins to read what stands in the parenthesis under the cursor as a statement of its own.</summary>
    public bool Enter(out (int Base, int Start) outer)
    {
        outer = (_base, StatementStart);
        _base = _depth + 1;
        Next();
        StatementStart = Start;
        return _base <= MaxNesting;
    }

    /// <summary>Ends it; the cursor stands on the closing parenthesis, or the text is not what it seemed.</summary>
    public bool Leave((int Base, int Start) outer)
    {
        bool isClosed = Is(")") && _depth == _base - 1;
        (_base, StatementStart) = outer;
        return isClosed;
    }

    /// <summary>The text from a position up to the token before this one.</summary>
    public readonly SqlSpan From(int start) => new(start, Math.Max(0, LastEnd - start));

    public readonly SqlCursor Restart(SqlSpan span) => new(_sql.Slice(span.Start, span.Length));

    // After FROM, AND, a comma or an equals sign only a name or value can stand, whatever it is called.
    private readonly bool IsOperand => _previous.Kind switch
    {
        SqlTokenKind.Sign => _previous.Text is not (")" or "]" or "*" or ";"),
        SqlTokenKind.Word => SqlWords.TakesOperand(_previous.Text),
        _ => false,
    };

    // numeric(10, 2) after :: or AS is a type, x(a, b) after AS an alias; a function of a schema may be anyone's.
    private readonly bool IsUnknownFunction() => !_namesType && _previous.Kind switch
    {
        SqlTokenKind.Word => _isQualified || !SqlWords.IsPure(_previous.Text),
        SqlTokenKind.QuotedName => true,
        _ => false,
    };
}
