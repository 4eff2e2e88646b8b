namespace FlightRecorder;

/// <summary>Whether a recording meets the conditions of a query that its head tells of; the same for every reader. What its errors say is asked of <see cref="ErrorSearch"/>.</summary>
internal static class RecordingFilter
{
    public static bool Matches(RecordingSummary summary, RecordingQuery query)
        => (query.Since is not { } since || summary.StartedAt >= since)
            && (query.Until is not { } until || summary.StartedAt < until)
            && (query.Route is not { } route || IsRoute(summary, route))
            && (query.Status is not { } status || summary.Status == status)
            && (query.Outcome is not { } outcome || summary.Outcome == outcome)
            && IsSame(query.RequestId, summary.RequestId)
            && IsSame(query.TraceId, summary.TraceId)
            && IsSame(query.ActorId, summary.ActorId);

    private static bool IsRoute(RecordingSummary summary, string route)
        => summary.Route == route || (summary.Path is { } path && RouteGlob.IsMatch(route, path));

    private static bool IsSame(string? wanted, string? actual) => wanted is null || string.Equals(wanted, actual, StringComparison.Ordinal);
}
