namespace FlightRecorder;

/// <summary>Finds the runs of base64 or hex characters that are long enough to hold a secret.</summary>
internal static class EncodedRuns
{
    /// <summary>Shorter runs are words; looking into each would cost more than it finds.</summary>
    public const int Shortest = 8;

    private static readonly bool[] s_isEncoded = [.. Enumerable.Range(0, 256).Select(value => char.IsAsciiLetterOrDigit((char)value) || value is '+' or '/' or '-' or '_')];

    /// <summary>The first run of at least <paramref name="minimum"/> characters from a position on; an empty range at the end when there is none.</summary>
    public static (int Start, int End) Next(ReadOnlySpan<byte> text, int from, int minimum)
    {
        bool[] isEncoded = s_isEncoded;

        // A run that is long enough covers every minimum-th character: only those are looked at, until one belongs to a run.
        int at = from + minimum - 1;
        while (at < text.Length)
        {
            if (!isEncoded[text[at]])
            {
                at += minimum;
                continue;
            }

            int start = at;
            while (start > from && isEncoded[text[start - 1]])
            {
                start--;
            }

            int end = at + 1;
            while (end < text.Length && isEncoded[text[end]])
            {
                end++;
            }

            if (end - start >= minimum)
            {
                return (start, end);
            }

            at = end + minimum;
        }

        return (text.Length, text.Length);
    }
}
