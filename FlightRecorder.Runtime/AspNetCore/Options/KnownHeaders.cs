using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Names = Microsoft.Net.Http.Headers.HeaderNames;

namespace FlightRecorder.AspNetCore;

/// <summary>How headers are read: those that the server keeps in fields of their own without a search by name.</summary>
internal static class KnownHeaders
{
    private static readonly Dictionary<string, Func<IHeaderDictionary, StringValues>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [Names.Authorization] = static headers => headers.Authorization,
        [Names.ProxyAuthorization] = static headers => headers.ProxyAuthorization,
        [Names.Cookie] = static headers => headers.Cookie,
        [Names.SetCookie] = static headers => headers.SetCookie,
        [Names.UserAgent] = static headers => headers.UserAgent,
        [Names.ContentType] = static headers => headers.ContentType,
        [Names.TraceParent] = static headers => headers.TraceParent,
        [Names.TraceState] = static headers => headers.TraceState,
        [Names.Accept] = static headers => headers.Accept,
        [Names.Referer] = static headers => headers.Referer,
        [Names.Origin] = static headers => headers.Origin,
        [Names.Host] = static headers => headers.Host,
        [Names.Date] = static headers => headers.Date,
        [Names.Server] = static headers => headers.Server,
        [Names.TransferEncoding] = static headers => headers.TransferEncoding,
        [Names.CacheControl] = static headers => headers.CacheControl,
        [Names.ETag] = static headers => headers.ETag,
        [Names.Location] = static headers => headers.Location,
        [Names.RetryAfter] = static headers => headers.RetryAfter,
        [Names.Vary] = static headers => headers.Vary,
        [Names.LastModified] = static headers => headers.LastModified,
        [Names.Expires] = static headers => headers.Expires,
        [Names.AccessControlAllowOrigin] = static headers => headers.AccessControlAllowOrigin,
        [Names.AccessControlAllowCredentials] = static headers => headers.AccessControlAllowCredentials,
        [Names.AccessControlAllowHeaders] = static headers => headers.AccessControlAllowHeaders,
        [Names.AccessControlAllowMethods] = static headers => headers.AccessControlAllowMethods,
        [Names.AccessControlExposeHeaders] = static headers => headers.AccessControlExposeHeaders,
        [Names.AccessControlMaxAge] = static headers => headers.AccessControlMaxAge,
    };

    public static Func<IHeaderDictionary, StringValues> ReaderOf(string name)
        => Readers.TryGetValue(name, out Func<IHeaderDictionary, StringValues>? reader) ? reader : headers => headers[name];
}
