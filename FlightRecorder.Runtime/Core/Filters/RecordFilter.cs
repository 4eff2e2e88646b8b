namespace FlightRecorder;

/// <summary>Conditions to compose for <c>o.ShouldRecord</c>; each is a function of the request's facts.</summary>
public static class RecordFilter
{
    /// <summary>The path matches one of the globs, exact paths or expressions.</summary>
    public static Func<RequestFacts, bool> Routes(params RoutePattern[] routes) => Routes(routes, []);

    /// <summary>The path matches the pattern, and the method is one of <paramref name="methods"/>.</summary>
    public static Func<RequestFacts, bool> Routes(RoutePattern route, string[] methods) => Routes([route], methods);

    /// <summary>The path matches one of the patterns, and the method is one of <paramref name="methods"/>; no methods allow all.</summary>
    public static Func<RequestFacts, bool> Routes(RoutePattern[] routes, string[] methods)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(methods);
        RoutePattern[] patterns = [.. routes];
        string[] allowed = [.. methods];
        return request =>
        {
            if (allowed.Length > 0 && !allowed.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
            {
                return false;
            }

            foreach (RoutePattern pattern in patterns)
            {
                if (pattern.IsMatch(request.Path))
                {
                    return true;
                }
            }

            return false;
        };
    }

    /// <summary>The method is one of <paramref name="methods"/>, without case.</summary>
    public static Func<RequestFacts, bool> Methods(params string[] methods)
    {
        string[] allowed = [.. methods];
        return request => allowed.Contains(request.Method, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The actor's id is one of <paramref name="ids"/>; judged at the end of the request, when the actor is known.</summary>
    public static Func<RequestFacts, bool> ActorIds(params string[] ids)
    {
        string[] allowed = [.. ids];
        return request => request.Actor?.Id is { } id && allowed.Contains(id, StringComparer.Ordinal);
    }

    /// <summary>The request has the header, with one of <paramref name="values"/> where there are any.</summary>
    public static Func<RequestFacts, bool> Header(string name, params string[] values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string[] allowed = [.. values];
        return request => request.Header(name) is { } value && (allowed.Length == 0 || allowed.Contains(value, StringComparer.Ordinal));
    }

    /// <summary>All conditions hold; none at all holds too.</summary>
    public static Func<RequestFacts, bool> All(params Func<RequestFacts, bool>[] filters)
    {
        Func<RequestFacts, bool>[] all = [.. filters];
        return request =>
        {
            foreach (Func<RequestFacts, bool> filter in all)
            {
                if (!filter(request))
                {
                    return false;
                }
            }

            return true;
        };
    }

    /// <summary>At least one condition holds.</summary>
    public static Func<RequestFacts, bool> Any(params Func<RequestFacts, bool>[] filters)
    {
        Func<RequestFacts, bool>[] all = [.. filters];
        return request =>
        {
            foreach (Func<RequestFacts, bool> filter in all)
            {
                if (filter(request))
                {
                    return true;
                }
            }

            return false;
        };
    }

    /// <summary>The condition does not hold.</summary>
    public static Func<RequestFacts, bool> Not(Func<RequestFacts, bool> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return request => !filter(request);
    }
}
