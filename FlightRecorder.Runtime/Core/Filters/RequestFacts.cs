using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>What a filter may know of a request. Valid only during the call.</summary>
public readonly ref struct RequestFacts
{
    private readonly RequestFactsSource _source;

    internal RequestFacts(RequestFactsSource source) => _source = source;

    /// <summary>The HTTP method, upper case as sent.</summary>
    public string Method => _source.Method;

    /// <summary>The request path without query string, percent-decoded.</summary>
    public string Path => _source.Path;

    /// <summary>The route template of the matched endpoint, or null where it has none.</summary>
    public string? Route => _source.Route;

    /// <summary>The request id: from the request's header, else made by the recorder.</summary>
    public string RequestId => _source.RequestId;

    /// <summary>Who made the request; null until authentication has run. Reading it defers the judgement to the end of the request.</summary>
    public RequestActor? Actor => _source.ReadActor();

    /// <summary>A request header's value (several joined by a comma), or null when it is absent.</summary>
    /// <param name="name">The header's name, compared without case.</param>
    public string? Header(string name) => _source.Header(name);

    internal double Draw => _source.Draw;
}
