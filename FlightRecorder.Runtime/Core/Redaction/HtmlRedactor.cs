namespace FlightRecorder;

/// <summary>Hides the <c>value</c> and <c>content</c> of HTML tags whose <c>name</c> or <c>id</c> is a secret name: form fields, and the tokens that pages carry against forgery.</summary>
internal static class HtmlRedactor
{
    /// <summary>Writes the text with these attributes replaced. Returns false, and writes nothing, when it has none.</summary>
    public static bool Redact(ReadOnlySpan<byte> text, CompiledMap names, RedactionRules rules, LineBuffer output, SecretSet secrets)
    {
        int run = 0;
        int at = 0;
        while (text[at..].IndexOf((byte)'<') is >= 0 and int found)
        {
            int start = at + found;
            int end = TagEnd(text, start + 1);
            at = end;
            Attributes tag = Read(text, start, end, names);
            if (tag.IsHidden && !tag.Value.Equals(default))
            {
                ReadOnlySpan<byte> value = text[tag.Value];
                secrets.Add(value);
                output.Raw(text[run..tag.Value.Start.Value]);
                output.Raw(rules.Replacement);
                run = tag.Value.End.Value;
            }
        }

        if (run == 0)
        {
            return false;
        }

        output.Raw(text[run..]);
        return true;
    }

    private readonly record struct Attributes(bool IsHidden, Range Value);

    // The angle bracket outside quotes.
    private static int TagEnd(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] != '>')
        {
            if (text[at] is (byte)'"' or (byte)'\'' && text[at - 1] == '=')
            {
                int quote = text[(at + 1)..].IndexOf(text[at]);
                at = quote < 0 ? text.Length : at + 2 + quote;
                continue;
            }

            at++;
        }

        return at;
    }

    private static Attributes Read(ReadOnlySpan<byte> text, int at, int end, CompiledMap names)
    {
        bool hidden = false;
        Range value = default;
        while (at < end && text[at..end].IndexOf((byte)'=') is >= 0 and int found)
        {
            int equals = at + found;
            Range range = ValueAt(text, equals + 1, end);
            ReadOnlySpan<byte> before = text[at..equals].TrimEnd(" \t\r\n"u8);
            ReadOnlySpan<byte> attribute = before[(before.LastIndexOfAny(" \t\r\n\"'"u8) + 1)..];
            if (Is(attribute, "name") || Is(attribute, "id") || Is(attribute, "property"))
            {
                hidden |= names.Find(text[range]).IsHidden;
            }
            else if (Is(attribute, "value") || Is(attribute, "content"))
            {
                value = range;
            }

            at = Math.Max(range.End.Value, equals + 1);
        }

        return new Attributes(hidden, value);
    }

    private static Range ValueAt(ReadOnlySpan<byte> text, int at, int end)
    {
        while (at < end && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        if (at < end && text[at] is (byte)'"' or (byte)'\'')
        {
            int quote = text[(at + 1)..end].IndexOf(text[at]);
            return (at + 1)..(quote < 0 ? end : at + 1 + quote);
        }

        int length = text[at..end].IndexOfAny(" \t\r\n>"u8);
        return at..(length < 0 ? end : at + length);
    }

    private static bool Is(ReadOnlySpan<byte> attribute, string name) => System.Text.Ascii.EqualsIgnoreCase(attribute, name);
}
