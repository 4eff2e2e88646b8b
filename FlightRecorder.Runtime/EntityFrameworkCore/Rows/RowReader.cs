using FlightRecorder.CompilerServices;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Reads a tracked row by property names: scalars, shadow properties and, as nested JSON, complex properties and owned types of the same table.</summary>
internal readonly ref struct RowReader(OwnedRows owned, HiddenValues hidden)
{
    public NamedValue[] Read(EntityEntry entry, RedactionMap? map, RowVersion version)
    {
        var values = new List<NamedValue>();
        foreach (PropertyEntry property in entry.Properties)
        {
            if (version == RowVersion.Before || !property.IsTemporary)
            {
                Add(values, map, property.Metadata.Name, EntityValue.Of(version == RowVersion.Before ? property.OriginalValue : property.CurrentValue));
            }
        }

        var nested = new NestedReader(owned, hidden, version);
        foreach (ComplexPropertyEntry complex in entry.ComplexProperties)
        {
            values.Add(new NamedValue(complex.Metadata.Name, nested.Read(complex, map?.Nested(complex.Metadata.Name))));
        }

        foreach (ComplexCollectionEntry complex in entry.ComplexCollections)
        {
            values.Add(new NamedValue(complex.Metadata.Name, nested.Read(complex, map?.Nested(complex.Metadata.Name))));
        }

        foreach (INavigation navigation in OwnedRows.FoldedNavigations(entry.Metadata))
        {
            values.Add(new NamedValue(navigation.Name, nested.Read(entry, navigation, map?.Nested(navigation.Name))));
        }

        return [.. values];
    }

    /// <summary>The primary key; a part that the database has still to generate is left out.</summary>
    public static NamedValue[]? Key(EntityEntry entry)
        => entry.Metadata.FindPrimaryKey() is { } key
            ? [.. key.Properties.Select(entry.Property).Where(property => !property.IsTemporary)
                .Select(property => new NamedValue(property.Metadata.Name, EntityValue.Of(property.CurrentValue)))]
            : null;

    private void Add(List<NamedValue> values, RedactionMap? map, string name, object? value)
    {
        hidden.Note(map, name, value);
        values.Add(new NamedValue(name, value));
    }
}

/// <summary>Which state of a tracked row is read.</summary>
internal enum RowVersion
{
    Before,
    After,
}
