using System.Globalization;
using System.Text;

namespace CrashReader;

/// <summary>Text of errors for a terminal. It may come from a client: nothing in it may steer the terminal, or hide or forge a line.</summary>
internal static class Visible
{
    /// <summary>C0, DEL and C1 as <c>\xNN</c>, and what turns the direction of text, breaks lines or cannot be seen as <c>\uNNNN</c>.</summary>
    public static string Of(string text)
    {
        if (!text.EnumerateRunes().Any(IsHidden))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = !IsHidden(rune) ? visible.Append(rune.ToString())
                : rune.Value <= 0xff ? visible.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}")
                : visible.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }

        return visible.ToString();
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
