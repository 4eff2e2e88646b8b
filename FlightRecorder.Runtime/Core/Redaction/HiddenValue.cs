using System.Security.Cryptography;

namespace FlightRecorder;

/// <summary>What is written in place of a hidden value: a JSON string, or for a masked JWT an object with its harmless facts.</summary>
internal static class HiddenValue
{
    private const int HashBytes = 8;
    private const int Last4MinChars = 12;

    /// <summary>Writes the stand-in. <see cref="RedactMode.Remove"/> is its caller's and is a mask here.</summary>
    /// <param name="line">Where to.</param>
    /// <param name="mode">How the value is hidden.</param>
    /// <param name="value">The value's text as UTF-8 without escapes; for an object or array, its JSON.</param>
    /// <param name="isScalar">Whether it is a string or number: only those show their last characters.</param>
    /// <param name="rules">The replacement text and the key.</param>
    public static void Write(LineBuffer line, RedactMode mode, ReadOnlySpan<byte> value, bool isScalar, RedactionRules rules)
    {
        if (mode == RedactMode.Hash && rules.HashKey is { } key)
        {
            WriteHash(line, value, key);
        }
        else if (mode == RedactMode.Last4 && isScalar && LastFour(value) is { IsEmpty: false } end)
        {
            WriteLast4(line, end);
        }
        else if (mode != RedactMode.Mask || !JwtFacts.TryWrite(value, line))
        {
            line.Text(rules.Replacement);
        }
    }

    // "hash:9f86d081884c7d65"
    private static void WriteHash(LineBuffer line, ReadOnlySpan<byte> value, byte[] key)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, value, hash);
        line.Raw("\"hash:"u8);
        foreach (byte part in hash[..HashBytes])
        {
            line.Unquoted(part, "x2");
        }

        line.Byte((byte)'"');
    }

    // "****1234"
    private static void WriteLast4(LineBuffer line, ReadOnlySpan<byte> end)
    {
        Span<byte> shown = stackalloc byte[4 + (4 * 4)];
        "****"u8.CopyTo(shown);
        end.CopyTo(shown[4..]);
        line.Text(shown[..(4 + end.Length)]);
    }

    // The last four code points, or nothing when the value is too short to show any.
    private static ReadOnlySpan<byte> LastFour(ReadOnlySpan<byte> value)
    {
        int points = 0;
        int fourth = 0;
        for (int i = value.Length - 1; i >= 0 && points < Last4MinChars; i--)
        {
            if ((value[i] & 0xC0) == 0x80)
            {
                continue;
            }

            points++;
            fourth = points == 4 ? i : fourth;
        }

        return points < Last4MinChars ? [] : value[fourth..];
    }
}
