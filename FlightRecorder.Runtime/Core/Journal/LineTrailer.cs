using System.Globalization;

namespace FlightRecorder;

/// <summary>The last bytes of a line, <c>,"crc":"xxxxxxxx"}</c>: the checksum of all bytes before them.</summary>
internal static class LineTrailer
{
    public const int Length = 18;

    private const int DigitsAt = 8;
    private const int Digits = 8;

    // A damaged line may hold the beginning of a trailer many times; looking at each would be quadratic.
    private const int MaxSalvageAttempts = 8;

    private static ReadOnlySpan<byte> Head => ",\"crc\":\""u8;

    private static ReadOnlySpan<byte> Tail => "\"}"u8;

    /// <summary>Whether the line, without its line feed, ends with the checksum of its other bytes.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> line)
    {
        if (line.Length <= Length)
        {
            return false;
        }

        ReadOnlySpan<byte> trailer = line[^Length..];
        return trailer.StartsWith(Head) && trailer.EndsWith(Tail) && IsSum(line[..^Length], trailer.Slice(DigitsAt, Digits));
    }

    /// <summary>The intact lines inside a damaged stretch, such as two lines whose line feed was hit; at most a few are looked for.</summary>
    public static List<Range> Salvage(ReadOnlySpan<byte> stretch)
    {
        var found = new List<Range>();
        int start = 0, from = 0;
        for (int attempt = 0; attempt < MaxSalvageAttempts; attempt++)
        {
            int head = stretch[from..].IndexOf(Head);
            int end = from + head + Length;
            if (head < 0 || end > stretch.Length)
            {
                break;
            }

            if (IsIntact(stretch[start..end]))
            {
                found.Add(start..end);
                start = Math.Min(end + 1, stretch.Length);
                from = start;
            }
            else
            {
                from = end;
            }
        }

        return found;
    }

    // Compared as text: a flipped bit that only turns a digit's case is damage too.
    private static bool IsSum(ReadOnlySpan<byte> body, ReadOnlySpan<byte> digits)
    {
        Span<byte> expected = stackalloc byte[Digits];
        return Crc32C.Of(body).TryFormat(expected, out _, "x8", CultureInfo.InvariantCulture) && expected.SequenceEqual(digits);
    }
}
