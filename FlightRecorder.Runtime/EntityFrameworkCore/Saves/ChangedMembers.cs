using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The members that an update sets, by name; inside complex and owned ones by their path: <c>Address.Street</c>.</summary>
internal sealed class ChangedMembers
{
    private readonly List<string> _names = [];

    public string[] Names => [.. _names];

    public void AddRow(EntityEntry entry, EntityPlan plan)
    {
        foreach (PropertyPlan property in plan.Properties)
        {
            if (!property.IsKey && entry.Property(property.Property).IsModified)
            {
                _names.Add(property.Name);
            }
        }

        if (plan.Complex.Length > 0)
        {
            Add(entry.ComplexProperties, "");
            Add(entry.ComplexCollections, "");
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
