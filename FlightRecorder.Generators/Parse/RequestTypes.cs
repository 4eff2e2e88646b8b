using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>The type of a handler's request body.</summary>
internal static class RequestTypes
{
    public static BodyModel Body(IMethodSymbol handler, TypeGraph graph)
    {
        (IParameterSymbol Parameter, BindingSource Source)[] bound = [.. Flatten(handler.Parameters).Select(parameter => (parameter, Binding.Of(parameter)))];
        BodyModel[] named = [.. bound.Where(item => item.Source == BindingSource.Body).Select(item => Body(item.Parameter, graph))];
        BodyModel[] likely = [.. bound.Where(item => item.Source == BindingSource.LikelyBody).Select(item => Body(item.Parameter, graph))];
        return named.Length == 1 ? named[0]
            : named.Length > 1 ? BodyModel.UnknownFor("several parameters are bound from it")
            : likely.Length > 1 ? BodyModel.UnknownFor("several parameters may be it; mark the one with [FromBody]")
            : Unmarked(handler, likely.FirstOrDefault(), [.. bound.Where(item => item.Source == BindingSource.RawBody).Select(item => item.Parameter)]);
    }

    private static BodyModel Unmarked(IMethodSymbol handler, BodyModel? likely, IParameterSymbol[] raw)
        => likely is not null
                ? raw.Length == 0 ? likely : BodyModel.UnknownFor($"'{raw[0].Type.Name}' stands beside the parameter that may be it; mark that one with [FromBody]")
            : raw.FirstOrDefault(parameter => !HandReads.IsRequest(parameter.Type)) is { } direct ? BodyModel.UnknownFor($"'{direct.Type.Name}' is read by hand; take the body as a parameter of its type")
            : HandReads.Reads(handler) ? BodyModel.UnknownFor("it is read by hand; take the body as a parameter of its type")
            : BodyModel.None;

    // [AsParameters] classes may hold the body among their constructor parameters.
    private static IEnumerable<IParameterSymbol> Flatten(IEnumerable<IParameterSymbol> parameters)
        => parameters.SelectMany(parameter => parameter.Has(KnownNames.AsParameters) && parameter.Type is INamedTypeSymbol type
            ? type.InstanceConstructors.OrderByDescending(constructor => constructor.Parameters.Length).Take(1).SelectMany(constructor => constructor.Parameters).Where(inner => !inner.Has(KnownNames.AsParameters) && !SymbolEqualityComparer.Default.Equals(inner.Type, type))
            : [parameter]);

    private static BodyModel Body(IParameterSymbol parameter, TypeGraph graph)
    {
        string? key = graph.AddDirect(parameter.Type);
        return RedactMarks.Mode(parameter) is { } mode
            ? new BodyModel { MapKey = null, Whole = mode, Unknown = null }
            : key == MapModel.UnknownKey ? BodyModel.UnknownFor($"'{TypeShapes.NameOf(parameter.Type)}' can hold anything; take a type of your own")
            : new BodyModel { MapKey = key, Whole = null, Unknown = null };
    }
}
