using System.Buffers;

namespace FlightRecorder.AspNetCore;

/// <summary>Checks header names in options: tokens of RFC 9110, at most 128 characters.</summary>
internal static class HeaderNames
{
    private const int MaxLength = 128;

    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static void Check(string key, IList<string>? names, OptionChecks checks)
    {
        if (names is null)
        {
            checks.Fail(key, null, "a list of header names");
            return;
        }

        for (int i = 0; i < names.Count; i++)
        {
            Check($"{key}:{i}", names[i], allowPrefix: true, checks);
        }
    }

    public static void Check(string key, string? name, bool allowPrefix, OptionChecks checks)
    {
        ReadOnlySpan<char> token = name;
        if (allowPrefix && token.EndsWith('*'))
        {
            token = token[..^1];
        }

        if (token.IsEmpty || token.Length > MaxLength || token.ContainsAnyExcept(Token))
        {
            checks.Fail(key, name, allowPrefix ? "a header name of 1 to 128 characters, or the beginning of one and *" : "a header name of 1 to 128 characters");
        }
    }
}
