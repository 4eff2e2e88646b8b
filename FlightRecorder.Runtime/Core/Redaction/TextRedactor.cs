using System.Buffers;

namespace FlightRecorder;

/// <summary>Which notations of a named value a text is searched for.</summary>
internal enum TextNotation
{
    /// <summary><c>name=value</c> and <c>"name":"value"</c>: query strings, connection strings, messages that quote JSON.</summary>
    Equals,

    /// <summary>Also <c>name: value</c>: text bodies.</summary>
    EqualsAndColon,

    /// <summary>Only <c>"name":"value"</c>: values in which there may be JSON.</summary>
    QuotedColon,

    /// <summary>SQL, where only literals are values.</summary>
    SqlLiteral,
}

/// <summary>Hides the values of secret names in text without a grammar. It sees only the usual notations; that is why what has a grammar is parsed.</summary>
internal static class TextRedactor
{
    private static readonly SearchValues<byte> Colon = SearchValues.Create(":"u8);
    private static readonly SearchValues<byte> EqualsAndColon = SearchValues.Create("=:"u8);
    private static readonly SearchValues<byte> NameChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"u8);
    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create(" \t\r\n&;,<>\"'#)]}"u8);
    private static readonly SearchValues<byte> ColonValueEnds = SearchValues.Create("\r\n;,<>\"'&"u8);

    // Hiding them is no harm; searching for them elsewhere would be.
    private static readonly string[] NoValues = ["null", "true", "false", "none", "undefined", "required", "missing", "empty", "invalid", "expired"];

    /// <summary>Writes the text with its secret values replaced. Returns false, and writes nothing, when it has none.</summary>
    public static bool Redact(ReadOnlySpan<byte> text, TextNotation notation, CompiledMap names, RedactionRules rules, LineBuffer output, SecretSet? secrets)
    {
        if (notation == TextNotation.SqlLiteral)
        {
            return SqlLiterals.MayBeIn(text) && new SqlLiterals(text, names).Redact(rules, output, secrets);
        }

        int run = 0;
        int at = 0;
        SearchValues<byte> marks = notation == TextNotation.QuotedColon ? Colon : EqualsAndColon;
        while (text[at..].IndexOfAny(marks) is >= 0 and int found)
        {
            int mark = at + found;
            at = mark + 1;
            bool isQuoted = text[mark] == ':' && IsQuoted(text, mark);
            if ((text[mark] == ':' && !isQuoted && notation != TextNotation.EqualsAndColon) || !names.Find(NameBefore(text[..mark])).IsHidden)
            {
                continue;
            }

            at = SkipSpace(text, at);

            // Where scrubbing was before, the mask may be the beginning of the value only.
            (int start, int end) = text[at..].StartsWith(rules.Replacement)
                ? (at, End(text, at + rules.Replacement.Length, ValueEnds))
                : ValueAfter(text, at, text[mark] == ':', isQuoted);
            if (end > start && !text[start..end].SequenceEqual(rules.Replacement))
            {
                Collect(text[start..end], secrets);
                output.Raw(text[run..start]);
                output.Raw(rules.Replacement);
                run = at = end;
            }
        }

        if (run == 0)
        {
            return false;
        }

        output.Raw(text[run..]);
        return true;
    }

    /// <summary>Adds a value that was found by the name before it, unless it says only that there is none.</summary>
    public static void Collect(ReadOnlySpan<byte> value, SecretSet? secrets)
    {
        if (secrets is null || System.Text.Encoding.UTF8.GetCharCount(value) < SecretSet.MinScrubbed)
        {
            return;
        }

        foreach (string word in NoValues)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(value, word))
            {
                return;
            }
        }

        secrets.Add(value);
    }

    private static ReadOnlySpan<byte> NameBefore(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd(" \t\"'`]\\"u8);
        int before = text.LastIndexOfAnyExcept(NameChars);
        return text[(before + 1)..];
    }

    // The name of JSON, in whatever depth of escapes; two colons are a cast of SQL.
    private static bool IsQuoted(ReadOnlySpan<byte> text, int colon)
        => text[..colon].TrimEnd(" \t"u8) is [.., (byte)'"' or (byte)'\''] && !text[(colon + 1)..].StartsWith(":"u8);

    private static (int Start, int End) ValueAfter(ReadOnlySpan<byte> text, int at, bool colon, bool isQuoted)
    {
        int escapes = text[at..].IndexOfAnyExcept((byte)'\\') is > 0 and int before ? before : 0;
        int quote = at + escapes;
        if (quote < text.Length && text[quote] is (byte)'"' or (byte)'\'')
        {
            return (quote + 1, escapes == 0 ? QuoteEnd(text, quote + 1, text[quote]) : EscapedQuoteEnd(text, quote + 1, text[quote], escapes));
        }

        // What is in brackets may be anything.
        if (isQuoted && at < text.Length && text[at] is (byte)'{' or (byte)'[')
        {
            return (at, text.Length);
        }

        int end = End(text, at, colon ? ColonValueEnds : ValueEnds);
        return (at, end < text.Length && text[end] == ' ' && IsScheme(text[at..end]) ? End(text, end + 1, ValueEnds) : end);
    }

    // The quote that has no more escapes than the first; those with more are part of the value.
    private static int EscapedQuoteEnd(ReadOnlySpan<byte> text, int start, byte quote, int escapes)
    {
        int at = start;
        while (text[at..].IndexOf(quote) is >= 0 and int found)
        {
            at += found;
            int own = text[start..at].Length - text[start..at].TrimEnd((byte)'\\').Length;
            if (own <= escapes)
            {
                return at - own;
            }

            at++;
        }

        return text.Length;
    }

    private static int SkipSpace(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    private static int End(ReadOnlySpan<byte> text, int at, SearchValues<byte> ends)
    {
        int length = text[at..].IndexOfAny(ends);
        return length < 0 ? text.Length : at + length;
    }

    // authorization=Bearer abc: the credential is the next word.
    private static bool IsScheme(ReadOnlySpan<byte> word)
        => System.Text.Ascii.EqualsIgnoreCase(word, "bearer"u8) || System.Text.Ascii.EqualsIgnoreCase(word, "basic"u8);

    private static int QuoteEnd(ReadOnlySpan<byte> text, int at, byte quote)
    {
        while (at < text.Length && text[at] != quote)
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        return Math.Min(at, text.Length);
    }
}
