using System.Globalization;
using System.Text;

namespace FlightRecorder.Cli;

/// <summary>
/// Text from a recording as a terminal may show it: characters that steer a terminal, turn the writing direction or cannot
/// be seen are written as <c>\xNN</c>, <c>\uNNNN</c> or <c>\UNNNNNNNN</c>.
/// </summary>
internal static class SafeText
{
    private const int ShortLength = 40;

    public static string Of(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            bool isRune = Rune.DecodeFromUtf16(rest, out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
            if (isRune && IsVisible(rune))
            {
                safe.Append(rest[..length]);
            }
            else
            {
                Escape(safe, isRune ? rune.Value : rest[0]);
            }

            rest = rest[length..];
        }

        return safe.ToString();
    }

    /// <summary>Text of several lines, otherwise as it is: line feeds and tabs stay.</summary>
    public static string Lines(string text)
        => string.Join('\n', text.Split('\n').Select(line => string.Join('\t', line.Split('\t').Select(Of))));

    /// <summary>The beginning of something a person typed, for a message.</summary>
    public static string Short(string text) => Of(text.Length <= ShortLength ? text : text[..ShortLength] + "…");

    private static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);

    private static void Escape(StringBuilder safe, int value)
        => safe.Append(value switch
        {
            <= 0xFF => string.Create(CultureInfo.InvariantCulture, $"\\x{value:X2}"),
            <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $"\\u{value:X4}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"\\U{value:X8}"),
        });
}
