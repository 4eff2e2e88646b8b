using System.Buffers;

namespace FlightRecorder;

/// <summary>Which notations of a named value a text is searched for.</summary>
internal enum TextNotation
{
    /// <summary><c>name=value</c>: query strings, connection strings, messages.</summary>
    Equals,

    /// <summary>Also <c>name: value</c> and <c>"name":"value"</c>: text bodies.</summary>
    EqualsAndColon,

    /// <summary><c>name = 'literal'</c> only: SQL, where everything else is no value.</summary>
    SqlLiteral,
}

/// <summary>Hides the values of secret names in text without a grammar. It sees only the usual notations; that is why what has a grammar is parsed.</summary>
internal static class TextRedactor
{
    private static readonly SearchValues<byte> EqualsOnly = SearchValues.Create("="u8);
    private static readonly SearchValues<byte> EqualsAndColon = SearchValues.Create("=:"u8);
    private static readonly SearchValues<byte> NameChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"u8);
    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create(" \t\r\n&;,<>\"'#)]}"u8);
    private static readonly SearchValues<byte> ColonValueEnds = SearchValues.Create("\r\n;,<>\"'&"u8);

    /// <summary>Writes the text with its secret values replaced. Returns false, and writes nothing, when it has none.</summary>
    public static bool Redact(ReadOnlySpan<byte> text, TextNotation notation, CompiledMap names, RedactionRules rules, LineBuffer output, SecretSet? secrets)
    {
        int run = 0;
        int at = 0;
        SearchValues<byte> marks = notation == TextNotation.EqualsAndColon ? EqualsAndColon : EqualsOnly;
        while (text[at..].IndexOfAny(marks) is >= 0 and int found)
        {
            int mark = at + found;
            at = mark + 1;
            if (!names.Find(NameBefore(text[..mark])).IsHidden)
            {
                continue;
            }

            (int start, int end) = ValueAfter(text, at, text[mark] == ':', notation);
            if (end > start)
            {
                secrets?.Add(text[start..end]);
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

    private static ReadOnlySpan<byte> NameBefore(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd(" \t\"'`]"u8);
        int before = text.LastIndexOfAnyExcept(NameChars);
        return text[(before + 1)..];
    }

    private static (int Start, int End) ValueAfter(ReadOnlySpan<byte> text, int at, bool colon, TextNotation notation)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        if (at < text.Length && text[at] is (byte)'"' or (byte)'\'')
        {
            return (at + 1, QuoteEnd(text, at + 1, text[at]));
        }

        if (notation == TextNotation.SqlLiteral)
        {
            return (at, at);
        }

        int length = text[at..].IndexOfAny(colon ? ColonValueEnds : ValueEnds);
        return (at, length < 0 ? text.Length : at + length);
    }

    private static int QuoteEnd(ReadOnlySpan<byte> text, int at, byte quote)
    {
        while (at < text.Length && text[at] != quote)
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        return Math.Min(at, text.Length);
    }
}
