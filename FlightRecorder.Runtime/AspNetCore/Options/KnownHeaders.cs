using Names = Microsoft.Net.Http.Headers.HeaderNames;

namespace FlightRecorder.AspNetCore;

/// <summary>The server's own instances of header names: its look-up by one of these compares references, by any other string the letters.</summary>
internal static class KnownHeaders
{
    private static readonly HashSet<string> Instances = new(StringComparer.OrdinalIgnoreCase)
    {
        Names.UserAgent, Names.ContentType, Names.ContentLength, Names.TraceParent, Names.TraceState, Names.Accept, Names.Referer, Names.Origin, Names.Host,
        Names.CacheControl, Names.ETag, Names.Location, Names.RetryAfter, Names.Vary, Names.LastModified, Names.Expires,
        Names.AccessControlAllowOrigin, Names.AccessControlAllowCredentials, Names.AccessControlAllowHeaders, Names.AccessControlAllowMethods,
        Names.AccessControlExposeHeaders, Names.AccessControlMaxAge,
    };

    public static string Instance(string name) => Instances.TryGetValue(name, out string? known) ? known : name;
}
