using System.Buffers;

namespace FlightRecorder;

/// <summary>The password in the user information of a URL: <c>postgres://user:password@host/db</c>.</summary>
internal static class UrlPasswordShape
{
    private const int MaxUserInfo = 512;

    private static readonly SearchValues<byte> Ends = SearchValues.Create("/?# \t\r\n\"'<>\\,"u8);

    public static void Collect(ReadOnlySpan<byte> text, SecretSet secrets)
    {
        int at = 0;
        while (text[at..].IndexOf("://"u8) is >= 0 and int found)
        {
            at += found + "://"u8.Length;
            ReadOnlySpan<byte> authority = text[at..Math.Min(text.Length, at + MaxUserInfo)];
            int end = authority.IndexOfAny(Ends);
            authority = end < 0 ? authority : authority[..end];
            int host = authority.LastIndexOf((byte)'@');
            int colon = host < 0 ? -1 : authority[..host].IndexOf((byte)':');
            if (colon >= 0 && host > colon + 1)
            {
                // A short one is hidden with what is around it.
                bool isShort = host - colon - 1 < SecretSet.MinScrubbed;
                secrets.AddShaped(isShort ? authority[colon..(host + 1)] : authority[(colon + 1)..host]);
            }
        }
    }
}
