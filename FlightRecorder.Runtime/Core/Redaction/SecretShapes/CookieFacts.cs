namespace FlightRecorder;

/// <summary>What of a masked Set-Cookie may be shown: its attributes that decide who gets the cookie (RFC 6265).</summary>
internal static class CookieFacts
{
    // {"cookie":{"httpOnly":true,"secure":true,"sameSite":"Lax"}}
    public static void Write(ReadOnlySpan<char> setCookie, LineBuffer line)
    {
        line.Raw("{\"cookie\":{"u8);
        line.Member("httpOnly"u8).Boolean(!Attribute(setCookie, "httponly").IsEmpty);
        line.Member("secure"u8).Boolean(!Attribute(setCookie, "secure").IsEmpty);
        WriteSameSite(Attribute(setCookie, "samesite"), line);
        line.Raw("}}"u8);
    }

    // The text after "name", with the equals sign before it; without one, the name itself.
    private static ReadOnlySpan<char> Attribute(ReadOnlySpan<char> setCookie, ReadOnlySpan<char> name)
    {
        int semicolon = setCookie.IndexOf(';');
        while (semicolon >= 0)
        {
            setCookie = setCookie[(semicolon + 1)..];
            semicolon = setCookie.IndexOf(';');
            ReadOnlySpan<char> attribute = (semicolon < 0 ? setCookie : setCookie[..semicolon]).Trim();
            int equals = attribute.IndexOf('=');
            if ((equals < 0 ? attribute : attribute[..equals].TrimEnd()).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return equals < 0 ? attribute : attribute[equals..];
            }
        }

        return default;
    }

    // Only the values that there are: any other could hold what is hidden.
    private static void WriteSameSite(ReadOnlySpan<char> attribute, LineBuffer line)
    {
        ReadOnlySpan<char> value = attribute.TrimStart('=').Trim();
        ReadOnlySpan<byte> known = value.Equals("strict", StringComparison.OrdinalIgnoreCase) ? "Strict"u8
            : value.Equals("lax", StringComparison.OrdinalIgnoreCase) ? "Lax"u8
            : value.Equals("none", StringComparison.OrdinalIgnoreCase) ? "None"u8
            : default;
        if (!known.IsEmpty)
        {
            line.Member("sameSite"u8).Text(known);
        }
    }
}
