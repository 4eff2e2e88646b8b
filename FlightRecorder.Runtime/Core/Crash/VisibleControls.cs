using System.Globalization;
using System.Text;

namespace FlightRecorder;

/// <summary>Text for a terminal or a journal of the system: one line, in which nothing steers and nothing is hidden.</summary>
internal static class VisibleControls
{
    /// <summary>C0, DEL and C1 as <c>\xNN</c>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            _ = char.IsControl(c) ? visible.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : visible.Append(c);
        }

        return visible.ToString();
    }
}
