using FlightRecorder.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>What of one entity of a model does not change from save to save: its names, its members, and what of them is hidden.</summary>
internal sealed class EntityPlan
{
    public EntityPlan(IEntityType type, EntityRule rule, ISqlGenerationHelper sql)
    {
        Rule = rule;
        Model = ModelNames.Of(type);
        Table = Named(type.GetTableName(), type.GetSchema());
        IsFolded = OwnedRows.IsFolded(type);
        Properties = [.. type.GetProperties().Select((property, index) => new PropertyPlan(property, index, property.Name, rule.Map?.Hides(property.Name) == true))];
        IEnumerable<IProperty> key = type.FindPrimaryKey()?.Properties ?? Enumerable.Empty<IProperty>();
        Key = [.. key.Select(part => Array.Find(Properties, property => property.Property == part)!)];
        InWhere = Properties.Count(property => property.IsInWhere);
        Complex = [.. type.GetComplexProperties()];
        Folded = [.. OwnedRows.FoldedNavigations(type)];
        HidesSome = rule.Map is { } map && (map.Whole is not null || map.Members.Count > 0);
        Cascades = CascadesOf(type);
        Tables = [.. Names(type).Select(name => sql.DelimitIdentifier(name.Name, name.Schema))];
    }

    public EntityRule Rule { get; }

    public RedactionMap? Map => Rule.Map;

    /// <summary>As a person names it: <c>Order</c>, <c>Order.Lines</c>.</summary>
    public string Model { get; }

    /// <summary>With its schema, where it has one.</summary>
    public string? Table { get; }

    /// <summary>It has no row of its own: it is owned, and lives in its owner's.</summary>
    public bool IsFolded { get; }

    public PropertyPlan[] Properties { get; }

    public PropertyPlan[] Key { get; }

    /// <summary>How many values the where-clause of an update or delete is sent with.</summary>
    public int InWhere { get; }

    public IComplexProperty[] Complex { get; }

    public INavigation[] Folded { get; }

    public bool HasNested => Complex.Length > 0 || Folded.Length > 0;

    /// <summary>Some of its values are hidden.</summary>
    public bool HidesSome { get; }

    /// <summary>Its tables as they stand in SQL text, the one that names it first: several where a base has one of its own.</summary>
    public string[] Tables { get; }

    /// <summary>The entities whose rows the database deletes or changes by itself when one of this is deleted; null for none.</summary>
    public string? Cascades { get; }

    // What is owned is always loaded with its owner, and then deleted by EF Core.
    private static string? CascadesOf(IEntityType type)
    {
        string[] dependents =
        [
            .. type.GetReferencingForeignKeys()
                .Where(key => !key.IsOwnership && key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull)
                .Select(key => ModelNames.Of(key.DeclaringEntityType)).Distinct().Order(StringComparer.Ordinal),
        ];
        return dependents.Length == 0 ? null : string.Join(", ", dependents);
    }

    private static IEnumerable<(string Name, string? Schema)> Names(IEntityType type)
    {
        IEnumerable<(string, string?)> names = type.GetTableMappings().Select(mapping => (mapping.Table.Name, mapping.Table.Schema));
        return type.GetTableName() is { } name ? names.Prepend((name, type.GetSchema())).Distinct() : names;
    }

    private static string? Named(string? table, string? schema) => schema is { Length: > 0 } && table is not null ? schema + "." + table : table;
}
