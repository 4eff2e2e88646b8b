namespace FlightRecorder;

/// <summary>Finds the runs of digits, spaces and hyphens that are long enough to hold a card number.</summary>
internal static class DigitRuns
{
    /// <summary>The shortest card number has so many digits.</summary>
    public const int Shortest = 13;

    /// <summary>Whether the run that a place lies in is long enough.</summary>
    public static bool IsLongAround(ReadOnlySpan<byte> text, int place)
    {
        int start = place;
        while (start > 0 && IsPart(text[start - 1]))
        {
            start--;
        }

        return EndOf(text, place) - start >= Shortest;
    }

    /// <summary>The first run from a position on, which no other run touches; an empty range at the end when there is none.</summary>
    public static (int Start, int End) Next(ReadOnlySpan<byte> text, int from)
    {
        // As with encoded runs: a run that is long enough reaches the character that lies the minimum behind its border.
        int border = from - 1;
        while (border + Shortest < text.Length)
        {
            int at = border + Shortest;
            while (at > border && IsPart(text[at]))
            {
                at--;
            }

            if (at == border)
            {
                return (border + 1, EndOf(text, border + Shortest));
            }

            border = at;
        }

        return (text.Length, text.Length);
    }

    private static int EndOf(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && IsPart(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsPart(byte value) => (uint)(value - '0') <= 9 || value is (byte)' ' or (byte)'-';
}
