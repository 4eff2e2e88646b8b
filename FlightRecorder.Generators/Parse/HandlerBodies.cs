using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>What is known of a handler's bodies and parameters.</summary>
internal sealed record HandlerBodies(BodyModel Request, BodyModel Response, EquatableArray<MemberModel> Parameters, EquatableArray<MemberModel> Bound, EquatableArray<string> Headers)
{
    public static HandlerBodies Of(IMethodSymbol handler, TypeGraph graph, Compilation compilation)
    {
        ParameterRules parameters = ParameterRules.Of(handler);
        return new HandlerBodies(
            RequestTypes.Body(handler, graph),
            ResponseTypes.Body(handler, graph, compilation),
            parameters.Marked.ToEquatableArray(),
            parameters.Listed.ToEquatableArray(),
            parameters.Headers.ToEquatableArray());
    }
}
