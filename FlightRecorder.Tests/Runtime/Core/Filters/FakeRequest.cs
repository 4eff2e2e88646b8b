using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.Core.Filters;

/// <summary>The facts of a request that never was.</summary>
internal sealed class FakeRequest(string method = "GET", string path = "/", string? header = null) : RequestFactsSource
{
    public override string Method => method;

    public override string Path => path;

    public override string? Route => null;

    public override string RequestId => "r-1";

    public RequestFacts Facts => new(this);

    public override string? Header(string name) => header is not null && name.Equals("x-debug", StringComparison.OrdinalIgnoreCase) ? header : null;
}
