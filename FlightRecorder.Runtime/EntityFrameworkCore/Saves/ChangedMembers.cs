using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The members that an update sets, by name; inside complex and owned ones by their path: <c>Address.Street</c>.</summary>
internal sealed class ChangedMembers
{
    private readonly List<string> _names = [];

    public string[] Names => [.. _names];

    /// <summary>Those of a row that holds nothing inside itself.</summary>
    public static string[] OfFlat(in TrackedRow row)
    {
        int count = 0;
        foreach (PropertyPlan property in row.Plan.Properties)
        {
            count += IsSet(row, property) ? 1 : 0;
        }

        var names = new string[count];
        foreach (PropertyPlan property in row.Plan.Properties)
        {
            if (IsSet(row, property))
            {
                names[^count--] = property.Name;
            }
        }

        return names;
    }

    public void AddRow(in TrackedRow row)
    {
        _names.AddRange(OfFlat(row));
        if (row.Plan.Complex.Length > 0)
        {
            Add(row.Entry.ComplexProperties, "");
            Add(row.Entry.ComplexCollections, "");
        }
    }

    /// <summary>An owned row inside its owner's.</summary>
    public void AddOwned(EntityEntry entry)
    {
        string path = PathOf(entry.Metadata);
        if (entry.State == EntityState.Modified)
        {
            Add(entry.Properties, path + ".");
            Add(entry.ComplexProperties, path + ".");
            Add(entry.ComplexCollections, path + ".");
        }
        else if (!_names.Contains(path))
        {
            _names.Add(path);
        }
    }

    private static bool IsSet(in TrackedRow row, PropertyPlan property) => !property.IsKey && row[property].IsModified;

    private void Add(IEnumerable<PropertyEntry> properties, string prefix)
        => _names.AddRange(properties.Where(property => property.IsModified && !property.Metadata.IsKey()).Select(property => prefix + property.Metadata.Name));

    private void Add(IEnumerable<ComplexPropertyEntry> properties, string prefix)
    {
        foreach (ComplexPropertyEntry complex in properties)
        {
            string inner = prefix + complex.Metadata.Name + ".";
            if (complex.CurrentValue is not null)
            {
                Add(complex.Properties, inner);
                Add(complex.ComplexProperties, inner);
                Add(complex.ComplexCollections, inner);
            }
            else if (complex.IsModified)
            {
                _names.Add(prefix + complex.Metadata.Name);
            }
        }
    }

    private void Add(IEnumerable<ComplexCollectionEntry> collections, string prefix)
        => _names.AddRange(collections.Where(complex => complex.IsModified).Select(complex => prefix + complex.Metadata.Name));

    private static string PathOf(IEntityType type)
    {
        IForeignKey ownership = type.FindOwnership()!;
        string name = ownership.PrincipalToDependent!.Name;
        return OwnedRows.IsFolded(ownership.PrincipalEntityType) ? PathOf(ownership.PrincipalEntityType) + "." + name : name;
    }
}
