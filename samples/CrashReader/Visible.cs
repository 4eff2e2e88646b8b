using System.Globalization;
using System.Text;

namespace CrashReader;

/// <summary>Text of errors for a terminal. It may come from a client: nothing in it may steer the terminal, or hide or forge a line.</summary>
internal static class Visible
{
    /// <summary>C0, DEL and C1 as <c>\xNN</c>, and what turns the direction of text or breaks lines as <c>\uNNNN</c>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsHidden))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            _ = !IsHidden(c) ? visible.Append(c)
                : c <= 0xff ? visible.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}")
                : visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return visible.ToString();
    }

    private static bool IsHidden(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
