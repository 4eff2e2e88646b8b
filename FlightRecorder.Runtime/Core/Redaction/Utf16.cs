using System.Text;

namespace FlightRecorder;

/// <summary>UTF-16 as bytes.</summary>
internal static class Utf16
{
    /// <summary>Appends the text as UTF-8; a lone surrogate becomes U+FFFD, and an odd last byte is left out.</summary>
    public static void Append(ReadOnlySpan<byte> utf16, bool isBigEndian, LineBuffer utf8)
    {
        int at = 0;
        while (at + 1 < utf16.Length)
        {
            char unit = Unit(utf16, at, isBigEndian);
            char low = char.IsHighSurrogate(unit) && at + 3 < utf16.Length ? Unit(utf16, at + 2, isBigEndian) : default;
            bool isPair = char.IsLowSurrogate(low);
            Rune rune = isPair ? new Rune(unit, low) : Rune.TryCreate(unit, out Rune single) ? single : Rune.ReplacementChar;
            utf8.Advance(rune.EncodeToUtf8(utf8.Room(4)));
            at += isPair ? 4 : 2;
        }
    }

    private static char Unit(ReadOnlySpan<byte> utf16, int at, bool isBigEndian)
        => (char)(isBigEndian ? (utf16[at] << 8) | utf16[at + 1] : utf16[at] | (utf16[at + 1] << 8));
}
