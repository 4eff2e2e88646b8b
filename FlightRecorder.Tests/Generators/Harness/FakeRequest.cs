using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.Generators.Harness;

/// <summary>Request facts as a test states them.</summary>
internal sealed class FakeRequest(string method, string path) : RequestFactsSource
{
    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public override string Method => method;

    public override string Path => path;

    public override string? Route => null;

    public override string RequestId => "1";

    public override string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The mask of the plan's rules that hold.</summary>
    public ulong Ask(HandlerPlan plan) => plan.Match(new RequestFacts(this));
}
