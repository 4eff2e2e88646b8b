using System.Globalization;
using System.Text;

namespace FlightRecorder;

/// <summary>
/// The form in which member names are compared: lower case, full-width ASCII made plain, and without <c>_</c>, <c>-</c> and
/// invisible characters, so that <c>access_token</c>, <c>Access-Token</c> and <c>ａccessToken</c> are one name.
/// </summary>
/// <remarks>Compiled into the analyzers too, so that both fold alike: nothing newer than netstandard2.0 here.</remarks>
internal static partial class NameFold
{
    /// <summary>Names are compared by their last so many characters; secret names are told by their ends.</summary>
    public const int MaxChars = 256;

    public static string Of(string name)
    {
        Span<char> folded = stackalloc char[MaxChars];
        return folded.Slice(0, Fold(name.AsSpan(), folded)).ToString();
    }

    /// <summary>Folds a name into <see cref="MaxChars"/> characters at most.</summary>
    public static int Fold(ReadOnlySpan<char> name, Span<char> folded)
    {
        if (name.Length > MaxChars)
        {
            name = name.Slice(name.Length - MaxChars);
        }

        int count = 0;
        while (!name.IsEmpty)
        {
            Rune.DecodeFromUtf16(name, out Rune rune, out int consumed);
            name = name.Slice(consumed);
            count += Append(rune, folded.Slice(count));
        }

        return count;
    }

    private static int Append(Rune rune, Span<char> folded)
    {
        int value = rune.Value;
        if (value is >= 0xFF01 and <= 0xFF5E)
        {
            value -= 0xFEE0;
        }

        if (value < 0x80)
        {
            return AppendAscii((char)value, folded);
        }

        return IsInvisible(rune) ? 0 : Lower(rune).EncodeToUtf16(folded);
    }

    private static int AppendAscii(char value, Span<char> folded)
    {
        if (value is '_' or '-' or <= ' ' or (char)0x7F)
        {
            return 0;
        }

        folded[0] = char.ToLowerInvariant(value);
        return 1;
    }

    // The Kelvin sign and the dotless i look like letters of secret names, and lower-case mappings do not all fold them.
    private static Rune Lower(Rune rune) => rune.Value switch
    {
        0x212A => new Rune('k'),
        0x0131 or 0x0130 => new Rune('i'),
        0x017F => new Rune('s'),
        _ => Rune.ToLowerInvariant(rune),
    };

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        _ => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0,
    };
}
