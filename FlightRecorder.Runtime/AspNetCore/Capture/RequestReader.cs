using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder.AspNetCore;

/// <summary>Reads the facts of a request.</summary>
internal static class RequestReader
{
    private const int MaxRequestIdLength = 128;

    public static string Path(HttpRequest request)
    {
        string path = request.Path.Value ?? "";
        return request.PathBase.HasValue ? request.PathBase.Value + path : path;
    }

    /// <summary>The caller's request id when it is fit to print, else the server's.</summary>
    public static string RequestId(HttpContext context, string header)
    {
        if (context.Request.Headers.TryGetValue(header, out StringValues values) && values is [{ Length: > 0 and <= MaxRequestIdLength } id]
            && !id.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return id;
        }

        return context.TraceIdentifier;
    }

    /// <summary>The query's pairs, decoded; values of one name stay together.</summary>
    public static void Query(HttpRequest request, List<NameValues> to)
    {
        if (!request.QueryString.HasValue)
        {
            return;
        }

        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            Add(to, pair.DecodeName().ToString(), pair.DecodeValue().ToString());
        }
    }

    /// <summary>The values of the route's own parameters.</summary>
    public static void RouteValues(HttpRequest request, Endpoint endpoint, List<NameValues> to)
    {
        RouteEndpoint? route = endpoint as RouteEndpoint;
        if (route is { RoutePattern.Parameters.Count: 0 })
        {
            return;
        }

        foreach ((string name, object? value) in request.RouteValues)
        {
            if (route is null || route.RoutePattern.GetParameter(name) is not null)
            {
                to.Add(new NameValues(name, value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>The values of the headers of these names.</summary>
    public static void Headers(IHeaderDictionary headers, string[] names, List<NameValues> to)
    {
        foreach (string name in names)
        {
            if (headers.TryGetValue(name, out StringValues values))
            {
                to.Add(new NameValues(name, values));
            }
        }
    }

    /// <summary>Whether a body is compressed, so that its bytes tell nothing.</summary>
    public static bool IsEncoded(IHeaderDictionary headers)
        => headers.ContentEncoding is { Count: > 0 } encoding && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase);

    private static void Add(List<NameValues> to, string name, string value)
    {
        for (int i = 0; i < to.Count; i++)
        {
            if (to[i].Name == name)
            {
                to[i] = new NameValues(name, StringValues.Concat(to[i].Values, value));
                return;
            }
        }

        to.Add(new NameValues(name, value));
    }
}
