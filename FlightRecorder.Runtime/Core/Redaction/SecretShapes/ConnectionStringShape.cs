using System.Buffers;

namespace FlightRecorder;

/// <summary>
/// The password of a connection string: the value of a pair named like a secret, with another pair beside it. A pair by itself
/// is no connection string; where it stands in a message, its name alone hides it.
/// </summary>
internal static class ConnectionStringShape
{
    // Longer values are cut there; without a limit, text made of names would be read again for each.
    private const int MaxValue = 1024;
    private const int MaxName = 64;

    private static readonly SearchValues<byte> NameCharacters
        = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_- "u8);

    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create(";\r\n\"'<>"u8);
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t,)]}"u8);

    public static void Collect(ReadOnlySpan<byte> text, SecretSet secrets)
    {
        int at = 0;
        while (text[at..].IndexOf((byte)'=') is >= 0 and int found)
        {
            int equals = at + found;
            at = equals + 1;
            ReadOnlySpan<byte> name = NameBefore(text[..equals]);
            if (!IsPassword(name))
            {
                continue;
            }

            int nameStart = equals - name.Length;
            (int start, int end) = ValueAfter(text, at);
            bool follows = nameStart > 0 && text[nameStart - 1] == ';';
            if (end > start && (follows || IsFollowed(text, end)))
            {
                Add(text, nameStart, start, end, secrets);
                at = end;
            }
        }
    }

    // A short value is hidden with its name: alone it would tear other text apart.
    private static void Add(ReadOnlySpan<byte> text, int nameStart, int start, int end, SecretSet secrets)
        => secrets.AddShaped(text[(end - start < SecretSet.MinScrubbed ? nameStart + LeadingSpace(text[nameStart..]) : start)..end]);

    private static int LeadingSpace(ReadOnlySpan<byte> text) => text.Length - text.TrimStart((byte)' ').Length;

    private static ReadOnlySpan<byte> NameBefore(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> near = text.Length <= MaxName ? text : text[^MaxName..];
        return near[(near.LastIndexOfAnyExcept(NameCharacters) + 1)..];
    }

    private static bool IsPassword(ReadOnlySpan<byte> name)
    {
        Span<char> folded = stackalloc char[NameFold.MaxChars];
        ReadOnlySpan<char> plain = folded[..NameFold.Fold(name, folded)];
        return plain.Length >= 3 && (plain is "accountkey" || SecretNames.Contains(plain));
    }

    private static (int Start, int End) ValueAfter(ReadOnlySpan<byte> text, int at)
    {
        int start = at + LeadingSpace(text[at..Math.Min(text.Length, at + MaxName)]);
        int limit = Math.Min(text.Length, start + MaxValue);
        if (start < limit && text[start] is (byte)'\'' or (byte)'"' && text[(start + 1)..limit].IndexOf(text[start]) is > 0 and int quoted)
        {
            return (start + 1, start + 1 + quoted);
        }

        int length = text[start..limit].IndexOfAny(ValueEnds);
        int end = length < 0 ? limit : start + length;
        if (end < text.Length && text[end] == ';')
        {
            return (start, start + text[start..end].TrimEnd((byte)' ').Length);
        }

        // The last pair ends with its line only where the text is nothing but pairs; in prose it ends with its word.
        int word = BeginsWithPair(text) ? -1 : text[start..end].IndexOfAny(WordEnds);
        return (start, word < 0 ? end : start + word);
    }

    private static bool BeginsWithPair(ReadOnlySpan<byte> text)
    {
        int equals = text.IndexOf((byte)'=');
        ReadOnlySpan<byte> name = text[..equals];
        return !name.ContainsAnyExcept(NameCharacters) && name.Trim((byte)' ').Count((byte)' ') <= 2;
    }

    // ; name =
    private static bool IsFollowed(ReadOnlySpan<byte> text, int end)
    {
        ReadOnlySpan<byte> rest = text[end..Math.Min(text.Length, end + (2 * MaxName))].TrimStart("\"' "u8);
        if (rest.IsEmpty || rest[0] != ';')
        {
            return false;
        }

        rest = rest[1..Math.Min(rest.Length, MaxName)];
        int name = rest.IndexOfAnyExcept(NameCharacters);
        return name > 0 && rest[name] == '=';
    }
}
