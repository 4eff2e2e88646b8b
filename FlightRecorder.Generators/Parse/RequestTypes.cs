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
        if (named.Length > 0)
        {
            return named.Length == 1 ? named[0] : BodyModel.Unknown;
        }

        bool readsPast = bound.Any(item => item.Source == BindingSource.RawBody);
        return likely.Length == 1 && !readsPast ? likely[0] : BodyModel.Unknown;
    }

    // [AsParameters] classes may hold the body among their constructor parameters.
    private static IEnumerable<IParameterSymbol> Flatten(IEnumerable<IParameterSymbol> parameters)
        => parameters.SelectMany(parameter => parameter.Has(KnownNames.AsParameters) && parameter.Type is INamedTypeSymbol type
            ? type.InstanceConstructors.OrderByDescending(constructor => constructor.Parameters.Length).Take(1).SelectMany(constructor => constructor.Parameters).Where(inner => !inner.Has(KnownNames.AsParameters) && !SymbolEqualityComparer.Default.Equals(inner.Type, type))
            : [parameter]);

    private static BodyModel Body(IParameterSymbol parameter, TypeGraph graph)
    {
        string? key = graph.AddDirect(parameter.Type);
        return RedactMarks.Mode(parameter) is { } mode
            ? new BodyModel { MapKey = null, Whole = mode }
            : new BodyModel { MapKey = key == MapModel.UnknownKey ? null : key, Whole = null };
    }
}
