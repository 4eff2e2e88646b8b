using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The members that an update sets, by name; inside complex and owned ones by their path: <c>Address.Street</c>.</summary>
internal sealed class ChangedMembers
{
    private readonly List<string> _names = [];
    private bool _isDifferent;

    public string[] Names => [.. _names];

    /// <summary>Whether every one is set to the value it is known to have had.</summary>
    public bool AreAllEqual => _names.Count > 0 && !_isDifferent;

    public void AddRow(EntityEntry entry)
    {
        Add(entry.Properties, "");
        Add(entry.ComplexProperties, "");
        Add(entry.ComplexCollections, "");
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
            _isDifferent = true;
        }
    }

    private void Add(IEnumerable<PropertyEntry> properties, string prefix)
    {
        foreach (PropertyEntry property in properties)
        {
            if (property.IsModified && !property.Metadata.IsKey())
            {
                _names.Add(prefix + property.Metadata.Name);
                _isDifferent |= !property.Metadata.GetValueComparer().Equals(property.OriginalValue, property.CurrentValue);
            }
        }
    }

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
                _isDifferent = true;
            }
        }
    }

    private void Add(IEnumerable<ComplexCollectionEntry> collections, string prefix)
    {
        foreach (ComplexCollectionEntry complex in collections)
        {
            if (complex.IsModified)
            {
                _names.Add(prefix + complex.Metadata.Name);
                _isDifferent = true;
            }
        }
    }

    private static string PathOf(IEntityType type)
    {
        IForeignKey ownership = type.FindOwnership()!;
        string name = ownership.PrincipalToDependent!.Name;
        return OwnedRows.IsFolded(ownership.PrincipalEntityType) ? PathOf(ownership.PrincipalEntityType) + "." + name : name;
    }
}
