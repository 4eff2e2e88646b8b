using System.Text;

namespace FlightRecorder;

/// <summary>The text of a JSON string token whose escapes were validated.</summary>
internal static class JsonText
{
    /// <summary>Appends the decoded text; a lone surrogate becomes U+FFFD. An escape that is cut off at the end is left out.</summary>
    public static void Unescape(ReadOnlySpan<byte> token, LineBuffer text)
    {
        while (true)
        {
            int escape = token.IndexOf((byte)'\\');
            if (escape < 0)
            {
                text.Raw(token);
                return;
            }

            text.Raw(token[..escape]);
            int end = JsonScan.EscapeEnd(token, escape);
            if (end < 0)
            {
                return;
            }

            token = token[(token[escape + 1] == 'u' ? AppendUnit(token, escape, text) : AppendNamed(token[escape + 1], end, text))..];
        }
    }

    private static int AppendUnit(ReadOnlySpan<byte> token, int at, LineBuffer text)
    {
        int unit = JsonScan.CodeUnit(token, at);
        int low = char.IsHighSurrogate((char)unit) ? JsonScan.CodeUnit(token, at + 6) : -1;
        bool isPair = low >= 0 && char.IsLowSurrogate((char)low);
        Rune rune = isPair ? new Rune((char)unit, (char)low) : Rune.TryCreate((char)unit, out Rune single) ? single : Rune.ReplacementChar;
        text.Advance(rune.EncodeToUtf8(text.Room(4)));
        return at + (isPair ? 12 : 6);
    }

    private static int AppendNamed(byte name, int end, LineBuffer text)
    {
        text.Byte(name switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => name,
        });
        return end;
    }
}
