namespace FlightRecorder;

/// <summary>Card numbers: 13 to 19 digits that an issuer's number begins and whose check digit is right (ISO/IEC 7812), as one word or in the groups printed on cards.</summary>
internal static class CardShape
{
    private const int MaxDigits = 19;

    private static readonly int[][] Groupings = [[4, 4, 4, 4], [4, 6, 5], [4, 6, 4], [4, 4, 4, 4, 3]];

    public static void Collect(ReadOnlySpan<byte> text, SecretSet secrets)
    {
        (int start, int end) = DigitRuns.Next(text, 0);
        while (start < text.Length)
        {
            CollectIn(text, start, end, secrets);
            (start, end) = DigitRuns.Next(text, end);
        }
    }

    private static void CollectIn(ReadOnlySpan<byte> text, int start, int end, SecretSet secrets)
    {
        int at = start;
        while (at < end)
        {
            int digits = DigitsLength(text[at..end]);
            if (digits == 0)
            {
                at++;
                continue;
            }

            int length = IsFree(text, at, at + digits) && IsCard(text.Slice(at, digits)) ? digits : GroupedLength(text, at, end);
            if (length > 0)
            {
                secrets.AddShaped(text.Slice(at, length));
            }

            at += Math.Max(length, digits);
        }
    }

    private static int GroupedLength(ReadOnlySpan<byte> text, int at, int end)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        foreach (int[] grouping in Groupings)
        {
            int length = GroupedLength(text[at..end], grouping, digits, out int count);
            if (length > 0 && IsFree(text, at, at + length) && IsCard(digits[..count]))
            {
                return length;
            }
        }

        return 0;
    }

    private static int GroupedLength(ReadOnlySpan<byte> text, int[] grouping, Span<byte> digits, out int count)
    {
        count = 0;
        int at = 0;
        foreach (int group in grouping)
        {
            bool isSeparated = at == 0 || (at < text.Length && text[at] == text[grouping[0]]);
            at += at == 0 ? 0 : 1;
            if (!isSeparated || at + group > text.Length || DigitsLength(text[at..]) != group)
            {
                return 0;
            }

            text.Slice(at, group).CopyTo(digits[count..]);
            count += group;
            at += group;
        }

        return at;
    }

    // Part of no longer word or number: a hash, a decimal fraction, a GUID, a telephone number.
    private static bool IsFree(ReadOnlySpan<byte> text, int start, int end)
    {
        bool opens = start == 0 || !(IsWordPart(text[start - 1]) || text[start - 1] is (byte)'.' or (byte)'+' or (byte)'-');
        bool closes = end == text.Length || !(IsWordPart(text[end]) || text[end] == '-' || IsFraction(text[end..]));
        return opens && closes;
    }

    private static bool IsWordPart(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or >= 0x80;

    private static bool IsFraction(ReadOnlySpan<byte> text) => text.Length > 1 && text[0] == '.' && char.IsAsciiDigit((char)text[1]);

    private static int DigitsLength(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? text.Length : length;
    }

    private static bool IsCard(ReadOnlySpan<byte> digits)
        => digits.Length is >= DigitRuns.Shortest and <= MaxDigits && IsIssued(digits) && IsLuhn(digits);

    // The first four digits tell the network, and with it the lengths there are.
    private static bool IsIssued(ReadOnlySpan<byte> digits)
    {
        int prefix = ((((((digits[0] - '0') * 10) + digits[1] - '0') * 10) + digits[2] - '0') * 10) + digits[3] - '0';
        return prefix switch
        {
            >= 4000 and <= 4999 => digits.Length is 13 or 16 or 19,
            (>= 5100 and <= 5599) or (>= 2221 and <= 2720) => digits.Length == 16,
            (>= 3400 and <= 3499) or (>= 3700 and <= 3799) => digits.Length == 15,
            (>= 3000 and <= 3059) or (>= 3600 and <= 3699) or (>= 3800 and <= 3999) => digits.Length is 14 or 16,
            (>= 3528 and <= 3589) or 6011 or (>= 6440 and <= 6599) or (>= 6200 and <= 6299) => digits.Length is >= 16,
            5018 or 5020 or 5038 or 6304 or (>= 6759 and <= 6763) => digits.Length is >= 16,
            _ => false,
        };
    }

    private static bool IsLuhn(ReadOnlySpan<byte> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int value = digits[digits.Length - 1 - i] - '0';
            int weighed = i % 2 == 0 ? value : value * 2;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return sum % 10 == 0;
    }
}
