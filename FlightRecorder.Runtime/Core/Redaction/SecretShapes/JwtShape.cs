using System.Buffers;

namespace FlightRecorder;

/// <summary>
/// JSON web tokens (RFC 7519): three parts of base64url between dots, five when encrypted (RFC 7516), of which the first is a
/// JSON object with an <c>alg</c>.
/// </summary>
internal static class JwtShape
{
    private const int MaxParts = 5;

    private static readonly SearchValues<byte> PartCharacters
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    public static void Collect(ReadOnlySpan<byte> text, SecretSet secrets)
    {
        int at = 0;
        while (text[at..].IndexOf("eyJ"u8) is >= 0 and int found)
        {
            int start = at + found;
            bool isFirst = start == 0 || !PartCharacters.Contains(text[start - 1]);
            int length = isFirst ? LengthAt(text[start..]) : 0;
            if (length > 0)
            {
                secrets.AddShaped(text.Slice(start, length));
            }

            at = start + Math.Max(length, PartLength(text[start..]));
        }
    }

    /// <summary>The length of the token that a text begins with, or zero.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text)
    {
        int head = PartLength(text);
        int end = head;
        int parts = 1;
        while (parts < MaxParts && end < text.Length && text[end] == '.')
        {
            end += 1 + PartLength(text[(end + 1)..]);
            parts++;
        }

        return parts < 3 || text[head + 1] == '.' || !JwtFacts.IsHeader(text[..head]) ? 0 : end;
    }

    private static int PartLength(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExcept(PartCharacters);
        return end < 0 ? text.Length : end;
    }
}
