using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>An entity: as part of a context, or recorded for its own attribute.</summary>
internal static class EntityParser
{
    public static Fragment Parse(INamedTypeSymbol type, Compilation compilation)
    {
        if (!IsRecorded(type))
        {
            return Fragment.Empty;
        }

        var graph = new TypeGraph(compilation, MapKind.Row);
        EntityModel[] entities = [Model(type, graph)];
        return new Fragment { Entities = entities.ToEquatableArray(), Maps = graph.ToMaps(), Shapes = graph.ToShapes() };
    }

    /// <summary>Whether the entity carries a rule itself.</summary>
    public static bool IsRecorded(INamedTypeSymbol type) => type.Has(KnownNames.Record) && !RuleLevels.IsExcluded(type);

    public static EntityModel Model(INamedTypeSymbol entity, TypeGraph graph) => new()
    {
        Type = entity.FullName(),
        Recorded = !RuleLevels.IsExcluded(entity),
        MapKey = graph.AddDirect(entity) ?? MapModel.UnknownKey,
    };
}
