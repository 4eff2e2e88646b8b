using FlightRecorder.CompilerServices;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>Reads a tracked row by property names: scalars, shadow properties and, as nested JSON, complex properties and owned types of the same table.</summary>
internal readonly ref struct RowReader(OwnedRows owned, HiddenValues hidden)
{
    public NamedValue[] Read(in TrackedRow row, RowVersion version)
    {
        EntityPlan plan = row.Plan;
        var values = new NamedValue[plan.Properties.Length + plan.Complex.Length + plan.Folded.Length];
        int count = 0;
        foreach (PropertyPlan property in plan.Properties)
        {
            PropertyEntry from = row[property];
            if (version == RowVersion.Before || !property.MayBeTemporary || !from.IsTemporary)
            {
                values[count++] = new NamedValue(property.Name, EntityValue.Of(version == RowVersion.Before ? from.OriginalValue : from.CurrentValue));
            }
        }

        if (plan.HasNested)
        {
            Nested(row.Entry, plan, version, values, ref count);
        }

        return count == values.Length ? values : values[..count];
    }

    /// <summary>Takes note of the values that are hidden, since they are about to go out as parameters.</summary>
    public void NoteHidden(in TrackedRow row, bool isDeleted)
    {
        EntityPlan plan = row.Plan;
        foreach (PropertyPlan property in plan.Properties)
        {
            if (property.IsHidden)
            {
                PropertyEntry from = row[property];
                hidden.Note(property, from.CurrentValue);
                hidden.Note(property, from.OriginalValue);
            }
        }

        if (plan.HasNested)
        {
            var rest = new NamedValue[plan.Complex.Length + plan.Folded.Length];
            int count = 0;
            Nested(row.Entry, plan, isDeleted ? RowVersion.Before : RowVersion.After, rest, ref count);
        }
    }

    /// <summary>The primary key; a part that the database has still to generate is left out.</summary>
    public static NamedValue[]? Key(in TrackedRow row)
    {
        EntityPlan plan = row.Plan;
        if (plan.Key.Length == 0)
        {
            return null;
        }

        var values = new NamedValue[plan.Key.Length];
        int count = 0;
        foreach (PropertyPlan part in plan.Key)
        {
            PropertyEntry from = row[part];
            if (!from.IsTemporary)
            {
                values[count++] = new NamedValue(part.Name, EntityValue.Of(from.CurrentValue));
            }
        }

        return count == values.Length ? values : values[..count];
    }

    private void Nested(EntityEntry entry, EntityPlan plan, RowVersion version, NamedValue[] values, ref int count)
    {
        var nested = new NestedReader(owned, hidden, version);
        foreach (IComplexProperty complex in plan.Complex)
        {
            RedactionMap? map = plan.Map?.Nested(complex.Name);
            values[count++] = new NamedValue(
                complex.Name,
                complex.IsCollection ? nested.Read(entry.ComplexCollection(complex), map) : nested.Read(entry.ComplexProperty(complex), map));
        }

        foreach (INavigation navigation in plan.Folded)
        {
            values[count++] = new NamedValue(navigation.Name, nested.Read(entry, navigation, plan.Map?.Nested(navigation.Name)));
        }
    }
}

/// <summary>Which state of a tracked row is read.</summary>
internal enum RowVersion
{
    Before,
    After,
}
