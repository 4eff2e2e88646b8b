namespace FlightRecorder;

/// <summary>
/// Goes through SQL text word by word, past comments, literals, numbers and the types of casts. Stops at words, quoted names,
/// parameters with their <c>@</c>, <c>:</c> or <c>$</c> and the characters <c>( ) ; . , = &lt; &gt; !</c>; everything else is passed over.
/// Reads any dialect as well as it can.
/// </summary>
internal ref struct SqlScanner(ReadOnlySpan<char> sql)
{
    private SqlTokenizer _tokens = new(sql);

    /// <summary>Where the token ends.</summary>
    public readonly int Position => _tokens.End;

    /// <summary>The word or character; a quoted name without its quotes.</summary>
    public readonly ReadOnlySpan<char> Token => _tokens.Text;

    public readonly bool IsQuoted => _tokens.Kind == SqlTokenKind.QuotedName;

    public readonly bool IsParameter => _tokens.Kind == SqlTokenKind.Parameter;

    /// <summary>A word or a quoted name.</summary>
    public readonly bool IsName => _tokens.Kind is SqlTokenKind.QuotedName or SqlTokenKind.Word;

    private readonly bool IsStop => _tokens.Kind switch
    {
        SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.Parameter => true,
        SqlTokenKind.Sign => _tokens.Text is "(" or ")" or ";" or "." or "," or "=" or "<" or ">" or "!",
        _ => false,
    };

    public readonly bool Is(string keyword) => _tokens.Is(keyword);

    public bool MoveNext()
    {
        while (_tokens.MoveNext())
        {
            if (IsStop)
            {
                return true;
            }

            if (_tokens.Is("::"))
            {
                SkipType();
            }
        }

        return false;
    }

    private void SkipType()
    {
        SqlTokenizer ahead = _tokens;
        if (ahead.MoveNext() && ahead.Kind == SqlTokenKind.Word)
        {
            _tokens = ahead;
        }
    }
}
