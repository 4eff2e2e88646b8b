namespace FlightRecorder;

/// <summary>Hides the columns of a CSV text (RFC 4180, also with semicolons or tabs) whose heading is a secret name.</summary>
internal static class CsvRedactor
{
    private const int MaxColumns = 256;

    /// <summary>Writes the text with its secret columns replaced. Returns false, and writes nothing, when it has none.</summary>
    public static bool Redact(ReadOnlySpan<byte> text, CompiledMap names, RedactionRules rules, LineBuffer output, SecretSet secrets)
    {
        byte separator = SeparatorOf(text);
        Span<bool> hidden = stackalloc bool[MaxColumns];
        hidden.Clear();
        int at = 0;
        bool any = ReadHeadings(text, separator, names, hidden, ref at);
        if (!any)
        {
            return false;
        }

        output.Raw(text[..at]);
        int column = 0;
        while (at < text.Length)
        {
            int end = FieldEnd(text, at, separator);
            bool isHidden = hidden[Math.Min(column, MaxColumns - 1)];
            Write(text[at..end], isHidden, rules, output, secrets);
            if (end < text.Length)
            {
                output.Byte(text[end]);
            }

            column = end < text.Length && text[end] == separator ? column + 1 : 0;
            at = end + 1;
        }

        return true;
    }

    private static bool ReadHeadings(ReadOnlySpan<byte> text, byte separator, CompiledMap names, Span<bool> hidden, ref int at)
    {
        bool any = false;
        for (int column = 0; at < text.Length; column++)
        {
            int end = FieldEnd(text, at, separator);
            bool isHidden = names.Find(text[at..end].Trim("\" \r"u8)).IsHidden;
            hidden[Math.Min(column, MaxColumns - 1)] |= isHidden;
            any |= isHidden;
            at = Math.Min(end + 1, text.Length);
            if (end >= text.Length || text[end] != separator)
            {
                break;
            }
        }

        return any;
    }

    private static void Write(ReadOnlySpan<byte> field, bool isHidden, RedactionRules rules, LineBuffer output, SecretSet secrets)
    {
        ReadOnlySpan<byte> value = field.Trim("\" \r"u8);
        if (!isHidden || value.IsEmpty)
        {
            output.Raw(field);
            return;
        }

        secrets.Add(value);
        output.Raw(rules.Replacement);
        if (field.EndsWith("\r"u8))
        {
            output.Byte((byte)'\r');
        }
    }

    // The first of the usual ones in the first line.
    private static byte SeparatorOf(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOfAny(",;\t\n"u8);
        return at < 0 || text[at] == '\n' ? (byte)',' : text[at];
    }

    // The separator or line feed behind a field; quotes hide both, and a doubled quote is one.
    private static int FieldEnd(ReadOnlySpan<byte> text, int at, byte separator)
    {
        if (at < text.Length && text[at] == '"')
        {
            at++;
            while (text[at..].IndexOf((byte)'"') is >= 0 and int quote)
            {
                at += quote + 1;
                if (at == text.Length || text[at] != '"')
                {
                    break;
                }

                at++;
            }
        }

        int length = text[at..].IndexOfAny(separator, (byte)'\n');
        return length < 0 ? text.Length : at + length;
    }
}
