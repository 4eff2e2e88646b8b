using System.Buffers;

namespace FlightRecorder;

/// <summary>The token after the scheme <c>Bearer</c> (RFC 6750), where it looks like one: prose has the word too.</summary>
internal static class BearerShape
{
    private const int MinToken = 8;

    // No word is so long.
    private const int CertainToken = 24;

    private static readonly SearchValues<byte> TokenCharacters
        = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/"u8);

    /// <summary>Whether the scheme may be there, in any case; false is certain.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text) => Next(text, 0) >= 0;

    /// <summary>Whether the scheme stands at a place, in any case.</summary>
    public static bool IsAt(ReadOnlySpan<byte> text, int at)
        => text.Length - at >= 6 && (text[at + 1] | 0x20) == 'e' && System.Text.Ascii.EqualsIgnoreCase(text.Slice(at, 6), "bearer"u8);

    public static void Collect(ReadOnlySpan<byte> text, SecretSet secrets)
    {
        int at = 0;
        while (Next(text, at) is >= 0 and int next)
        {
            at = next;
            int start = at + SpaceLength(text[at..]);
            int length = TokenLength(text[start..]);
            if (start > at && IsToken(text.Slice(start, length)))
            {
                secrets.AddShaped(text.Slice(start, length));
                at = start + length;
            }
        }
    }

    // Behind the next "bearer" of any case, or -1. Its rarest letter is looked for.
    private static int Next(ReadOnlySpan<byte> text, int from)
    {
        while (text[from..].IndexOfAny("bB"u8) is >= 0 and int found)
        {
            from += found + 1;
            if (System.Text.Ascii.EqualsIgnoreCase(text[from..Math.Min(text.Length, from + 5)], "earer"u8))
            {
                return from + 5;
            }
        }

        return -1;
    }

    // Spaces, with a colon among them where somebody took the scheme for a name.
    private static int SpaceLength(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(" \t:"u8);
        return length < 0 ? text.Length : length;
    }

    private static int TokenLength(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExcept(TokenCharacters);
        ReadOnlySpan<byte> token = end < 0 ? text : text[..end];
        ReadOnlySpan<byte> padding = text[token.Length..];
        int padded = padding.IndexOfAnyExcept((byte)'=');

        // A full stop ends a sentence.
        return padding.IsEmpty || padded == 0 ? token.TrimEnd((byte)'.').Length : token.Length + (padded < 0 ? padding.Length : padded);
    }

    private static bool IsToken(ReadOnlySpan<byte> token)
        => token.Length >= CertainToken
            || (token.Length >= MinToken
                && (token.ContainsAnyInRange((byte)'0', (byte)'9')
                    || (token[1..].ContainsAnyInRange((byte)'A', (byte)'Z') && token.ContainsAnyInRange((byte)'a', (byte)'z'))));
}
