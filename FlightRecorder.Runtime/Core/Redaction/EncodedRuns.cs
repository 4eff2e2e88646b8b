using System.Buffers;

namespace FlightRecorder;

/// <summary>Finds the runs of base64 or hex characters that are long enough to hold a secret.</summary>
internal static class EncodedRuns
{
    /// <summary>Four bytes, the shortest secret that is searched for, make so many characters of base64.</summary>
    public const int Shortest = 6;

    private static readonly bool[] s_isEncoded = Table();
    private static readonly SearchValues<byte> s_characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8);

    /// <summary>The first run of at least <paramref name="minimum"/> characters from a position on; an empty range at the end when there is none.</summary>
    public static (int Start, int End) Next(ReadOnlySpan<byte> text, int from, int minimum)
    {
        bool[] isEncoded = s_isEncoded;

        // No run crosses the border. One that is long enough reaches the character that lies the minimum behind it, and all
        // between: reading backwards from there, the first other character is the next border.
        int border = from - 1;
        while (border + minimum < text.Length)
        {
            int at = border + minimum;
            while (at > border && isEncoded[text[at]])
            {
                at--;
            }

            if (at == border)
            {
                return (border + 1, EndOf(text, border + minimum));
            }

            border = at;
        }

        return (text.Length, text.Length);
    }

    /// <summary>The whole run that a place lies in.</summary>
    public static (int Start, int End) Around(ReadOnlySpan<byte> text, int place)
        => (text[..place].LastIndexOfAnyExcept(s_characters) + 1, EndOf(text, place));

    private static int EndOf(ReadOnlySpan<byte> text, int at)
    {
        int length = text[at..].IndexOfAnyExcept(s_characters);
        return length < 0 ? text.Length : at + length;
    }

    private static bool[] Table()
    {
        var table = new bool[256];
        for (int value = 0; value < table.Length; value++)
        {
            table[value] = char.IsAsciiLetterOrDigit((char)value) || value is '+' or '/' or '-' or '_';
        }

        return table;
    }
}
