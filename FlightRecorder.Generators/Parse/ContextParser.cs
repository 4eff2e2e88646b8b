using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>The hooks of a DbContext that carries a rule, itself or by a base class.</summary>
internal static class ContextParser
{
    public static Fragment Parse(INamedTypeSymbol context, Compilation compilation)
    {
        if (!IsRecorded(context))
        {
            return Fragment.Empty;
        }

        var graph = new TypeGraph(compilation, MapKind.Row);
        EntityModel[] entities = [.. EntityTypes.Of(context, compilation).Select(entity => EntityParser.Model(entity, graph))];
        var model = new ContextModel
        {
            Type = context.FullName(),
            Location = Places.Of(context) ?? "",
            Entities = entities.ToEquatableArray(),
        };
        return new Fragment { Contexts = new[] { model }.ToEquatableArray(), Maps = graph.ToMaps(), Shapes = graph.ToShapes() };
    }

    /// <summary>Whether the DbContext carries a rule, itself or by a base class.</summary>
    public static bool IsRecorded(INamedTypeSymbol context)
        => context.SelfAndBases().Any(type => type.Has(KnownNames.Record)) && !RuleLevels.IsExcluded(context);
}
