namespace FlightRecorder;

/// <summary>Which headers never show their values, and which parts of them are secrets of their own.</summary>
internal static class HeaderRules
{
    /// <summary>Browsers send cookies with every request, and most say <c>dark</c> or <c>en-US</c>: hidden everywhere, those would tear recordings apart.</summary>
    public const int ShortestUnlistedCookie = 16;

    public static bool IsHidden(CompiledMap names, string header)
    {
        ReadOnlySpan<char> name = header;
        return names.Find(name).IsHidden
            || (name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && names.Find(name[2..]).IsHidden)
            || name.Contains("api-key", StringComparison.OrdinalIgnoreCase)
            || name.Contains("authorization", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Adds the value, the credential after a scheme, the two halves of a basic one, and the values of cookies.</summary>
    public static void Collect(string header, string value, SecretSet secrets, int shortestCookie = 0)
    {
        secrets.Add(value);
        if (header.Contains("cookie", StringComparison.OrdinalIgnoreCase))
        {
            CollectCookies(value, secrets, shortestCookie);
            return;
        }

        int space = value.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0)
        {
            ReadOnlySpan<char> credential = value.AsSpan(space + 1).Trim();
            secrets.Add(credential);
            CollectBasic(credential, secrets);
        }
    }

    // "sid=abc; theme=dark"
    private static void CollectCookies(ReadOnlySpan<char> value, SecretSet secrets, int shortest)
    {
        foreach (Range range in value.Split(';'))
        {
            ReadOnlySpan<char> pair = value[range];
            int equals = pair.IndexOf('=');
            ReadOnlySpan<char> cookie = pair[(equals + 1)..].Trim();
            if (equals > 0 && cookie.Length >= shortest && !IsCookieAttribute(pair[..equals].Trim()))
            {
                secrets.Add(cookie);
            }
        }
    }

    private static bool IsCookieAttribute(ReadOnlySpan<char> name)
        => name.Equals("path", StringComparison.OrdinalIgnoreCase)
            || name.Equals("domain", StringComparison.OrdinalIgnoreCase)
            || name.Equals("expires", StringComparison.OrdinalIgnoreCase)
            || name.Equals("max-age", StringComparison.OrdinalIgnoreCase)
            || name.Equals("samesite", StringComparison.OrdinalIgnoreCase);

    private static void CollectBasic(ReadOnlySpan<char> credential, SecretSet secrets)
    {
        Span<byte> decoded = stackalloc byte[512];
        if (credential.Length > 512 || !Convert.TryFromBase64Chars(credential, decoded, out int length))
        {
            return;
        }

        int colon = decoded[..length].IndexOf((byte)':');
        if (colon >= 0)
        {
            secrets.Add(decoded[(colon + 1)..length]);
        }
    }
}
