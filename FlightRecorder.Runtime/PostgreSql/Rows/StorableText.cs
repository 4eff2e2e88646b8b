using System.Globalization;

namespace FlightRecorder.PostgreSql;

/// <summary>Copies valid JSON and mends the texts in it on the way.</summary>
internal sealed class StorableText(LineBuffer into, int maxTextBytes)
{
    // \uXXXX
    private const int EscapeLength = 6;

    /// <summary>How many characters were replaced.</summary>
    public int Replaced { get; private set; }

    /// <summary>How many texts were cut.</summary>
    public int Cut { get; private set; }

    public void Rewrite(ReadOnlySpan<byte> json)
    {
        while (true)
        {
            int quote = json.IndexOf((byte)'"');
            if (quote < 0)
            {
                into.Raw(json);
                return;
            }

            into.Raw(json[..(quote + 1)]);
            json = json[(quote + 1)..];
            int end = EndOf(json);
            WriteText(json[..end]);
            json = json[end..];
            into.Raw(json[..Math.Min(1, json.Length)]);
            json = json[Math.Min(1, json.Length)..];
        }
    }

    // Where the closing quote is.
    private static int EndOf(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (true)
        {
            int special = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (special < 0)
            {
                return text.Length;
            }

            at += special;
            if (text[at] == (byte)'"')
            {
                return at;
            }

            at = Math.Min(at + 2, text.Length);
        }
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        if (text.Length <= maxTextBytes)
        {
            WriteEscapes(text);
            return;
        }

        WriteEscapes(text[..CutAt(text, maxTextBytes)]);
        into.Raw("…[cut, "u8);
        into.Number(text.Length);
        into.Raw(" bytes]"u8);
        Cut++;
    }

    // Never inside an escape, a pair of escapes or a character.
    private static int CutAt(ReadOnlySpan<byte> text, int max)
    {
        int at = 0;
        while (true)
        {
            int next = at + LengthAt(text[at..]);
            if (next > max)
            {
                return at;
            }

            at = next;
        }
    }

    private static int LengthAt(ReadOnlySpan<byte> text)
    {
        if (text[0] == (byte)'\\')
        {
            return text is [_, (byte)'u', ..] ? (IsPair(text) ? 2 * EscapeLength : EscapeLength) : 2;
        }

        int length = 1;
        while (length < text.Length && (text[length] & 0xC0) == 0x80)
        {
            length++;
        }

        return length;
    }

    private void WriteEscapes(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            int escape = text.IndexOf((byte)'\\');
            if (escape < 0)
            {
                into.Raw(text);
                return;
            }

            into.Raw(text[..escape]);
            text = text[escape..];
            int length = LengthAt(text);
            bool isBad = length == EscapeLength && UnitOf(text) is 0 or (>= 0xD800 and <= 0xDFFF);
            into.Raw(isBad ? @"\ufffd"u8 : text[..length]);
            Replaced += isBad ? 1 : 0;
            text = text[length..];
        }
    }

    private static bool IsPair(ReadOnlySpan<byte> text)
        => UnitOf(text) is >= 0xD800 and <= 0xDBFF && text.Length >= 2 * EscapeLength && text[EscapeLength] == (byte)'\\' && UnitOf(text[EscapeLength..]) is >= 0xDC00 and <= 0xDFFF;

    private static int UnitOf(ReadOnlySpan<byte> escape)
        => escape is [(byte)'\\', (byte)'u', ..] && escape.Length >= EscapeLength && int.TryParse(escape[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int unit) ? unit : -1;
}
