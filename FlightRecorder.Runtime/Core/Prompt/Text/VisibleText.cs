using System.Globalization;
using System.Text;

namespace FlightRecorder.Prompts;

/// <summary>Shows what a reader of the prompt could not see: control, bidirectional, zero-width and look-alike-blank characters become <c>\u{…}</c>.</summary>
internal static class VisibleText
{
    /// <summary>No line of recorded data is longer in a place that holds one line.</summary>
    public const int MaxLine = 500;

    /// <summary>Data as one line of at most <see cref="MaxLine"/> characters; line ends are shown, too.</summary>
    public static string Line(string? text) => Shorten(Show(text ?? "", keepLines: false), MaxLine);

    /// <summary>Data as lines, each indented, so that none of them passes for a line of ours.</summary>
    public static string Lines(string? text, string indent = "    ")
        => indent + Show((text ?? "").ReplaceLineEndings("\n").Trim('\n'), keepLines: true).Replace("\n", "\n" + indent, StringComparison.Ordinal);

    public static string Shorten(string text, int max)
        => text.Length <= max ? text : text[..TextCut.Before(text, max - 1)] + "…";

    /// <summary>Data with every invisible character shown, and no three backticks in a row.</summary>
    public static string Show(string text, bool keepLines)
    {
        StringBuilder shown = new(text.Length + 16);
        Span<char> chars = stackalloc char[2];
        int backticks = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            backticks = rune.Value == '`' ? backticks + 1 : 0;
            if ((rune.Value == '\n' && keepLines) || (IsVisible(rune) && backticks < 3))
            {
                shown.Append(chars[..rune.EncodeToUtf16(chars)]);
                continue;
            }

            shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            backticks = 0;
        }

        return shown.ToString();
    }

    private static bool IsVisible(Rune rune) => rune.Value switch
    {
        >= ' ' and <= '~' => true,
        // Blanks that Unicode counts as letters, marks or symbols: combining grapheme joiner, Hangul and Khmer fillers,
        // Mongolian and general variation selectors (which can carry hidden text), Braille blank.
        0x34F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or 0xFFA0 => false,
        (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0xFFFD => false,
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator),
    };
}
