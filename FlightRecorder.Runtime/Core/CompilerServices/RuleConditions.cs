using System.ComponentModel;

namespace FlightRecorder.CompilerServices;

/// <summary>The conditions that generated filters are made of. Called by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RuleConditions
{
    /// <summary>The request path is exactly <paramref name="path"/>, without case.</summary>
    public static bool PathIs(in RequestFacts request, string path)
        => string.Equals(request.Path, path, StringComparison.OrdinalIgnoreCase);

    /// <summary>The request path is <paramref name="folder"/> or lies below it; <c>/api</c> for the glob <c>/api/**</c>.</summary>
    public static bool PathUnder(in RequestFacts request, string folder)
    {
        string path = request.Path;
        return path.StartsWith(folder, StringComparison.OrdinalIgnoreCase)
            && (path.Length == folder.Length || path[folder.Length] == '/');
    }

    /// <summary>The request path matches the glob.</summary>
    public static bool PathMatches(in RequestFacts request, string glob) => RouteGlob.IsMatch(glob, request.Path);

    /// <summary>The request's method is <paramref name="method"/>, without case.</summary>
    public static bool MethodIs(in RequestFacts request, string method)
        => string.Equals(request.Method, method, StringComparison.OrdinalIgnoreCase);

    /// <summary>The request has the header.</summary>
    public static bool HasHeader(in RequestFacts request, string name) => request.Header(name) is not null;

    /// <summary>The request falls into the sampled share.</summary>
    public static bool Sampled(in RequestFacts request, double rate) => request.Draw < rate;
}
