namespace FlightRecorder;

internal enum SqlTokenKind
{
    /// <summary>The text is over.</summary>
    End,

    /// <summary>A keyword or a name without quotes.</summary>
    Word,

    /// <summary>A name in quotes, brackets or backticks; the token's text is without the outer ones.</summary>
    QuotedName,

    /// <summary><c>@p</c>, <c>:p</c> or <c>$1</c>, with the sign.</summary>
    Parameter,

    /// <summary>A string in whatever quotes, with its prefix.</summary>
    Literal,
    Number,

    /// <summary>One character of punctuation or of an operator, or the two of a cast.</summary>
    Sign,
}
