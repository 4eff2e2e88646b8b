namespace FlightRecorder;

/// <summary>Text as form fields carry it.</summary>
internal static class UrlText
{
    /// <summary>Appends the text with <c>+</c> as space and <c>%XX</c> as a byte; a percent sign that begins no such pair stands for itself.</summary>
    public static void Decode(ReadOnlySpan<byte> text, LineBuffer output)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                output.Byte((byte)((Digit(text[i + 1]) << 4) | Digit(text[i + 2])));
                i += 2;
            }
            else
            {
                output.Byte(text[i] == '+' ? (byte)' ' : text[i]);
            }
        }
    }

    public static int Digit(byte value) => value <= '9' ? value - '0' : (value | 0x20) - 'a' + 10;
}
