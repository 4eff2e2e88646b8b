using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>What is known of a handler's bodies and parameters.</summary>
internal sealed record HandlerBodies(BodyModel Request, BodyModel Response, EquatableArray<MemberModel> Parameters)
{
    public static HandlerBodies Of(IMethodSymbol handler, TypeGraph graph, Compilation compilation) => new(
        RequestTypes.Body(handler, graph),
        ResponseTypes.Body(handler, graph, compilation),
        ParameterRules.Of(handler).ToEquatableArray());
}
