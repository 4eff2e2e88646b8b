namespace FlightRecorder.Testing;

/// <summary>Gives each request its place in the test's trace; a request that brings a <c>traceparent</c> of its own keeps it.</summary>
internal sealed class ProbeHandler(TraceTrail trail) : DelegatingHandler
{
    private const string Header = "traceparent";

    private static readonly HttpRequestOptionsKey<string> s_sent = new("FlightRecorder.TraceParent");

    /// <summary>The trace parent that the request of a response was sent with, or null when it did not pass a probe.</summary>
    public static string? SentWith(HttpResponseMessage response)
        => response.RequestMessage is { } request && request.Options.TryGetValue(s_sent, out string? traceParent) ? traceParent : null;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Note(request);
        return base.Send(request, cancellationToken);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Note(request);
        return base.SendAsync(request, cancellationToken);
    }

    private void Note(HttpRequestMessage request)
    {
        string traceParent;
        if (request.Headers.NonValidated.TryGetValues(Header, out var given))
        {
            traceParent = given.ToString();
            trail.Adopt(traceParent);
        }
        else
        {
            traceParent = trail.NextTraceParent();
            request.Headers.TryAddWithoutValidation(Header, traceParent);
        }

        request.Options.Set(s_sent, traceParent);
    }
}
