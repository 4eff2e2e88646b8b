using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// The owned rows that live inside their owner's row, in columns of its table or as JSON, by owner: as they stood when the save
/// began, since EF Core detaches deleted ones at its end. Owned rows of a table of their own are rows like any other.
/// </summary>
internal sealed class OwnedRows
{
    private readonly Dictionary<RowId, List<OwnedRow>> _byOwner = [];
    private readonly Dictionary<RowId, EntityEntry> _entries = [];

    public OwnedRows(IReadOnlyList<EntityEntry> entries)
    {
        if (!entries.Any(entry => IsFolded(entry.Metadata)))
        {
            return;
        }

        foreach (EntityEntry entry in entries)
        {
            _entries[RowId.Of(entry, entry.Metadata.FindPrimaryKey())] = entry;
            if (IsFolded(entry.Metadata))
            {
                Add(entry, entry.Metadata.FindOwnership()!);
            }
        }
    }

    public static bool IsFolded(IEntityType type)
        => type.FindOwnership() is { } ownership && (type.IsMappedToJson() || SameTable(type, ownership.PrincipalEntityType));

    public static IEnumerable<INavigation> FoldedNavigations(IEntityType type)
        => type.GetNavigations().Where(navigation => navigation.ForeignKey.IsOwnership && !navigation.IsOnDependent && IsFolded(navigation.TargetEntityType));

    /// <summary>The rows owned through the navigation, before or after the save.</summary>
    public IEnumerable<EntityEntry> Of(EntityEntry owner, INavigation navigation, RowVersion version)
        => _byOwner.TryGetValue(RowId.Of(owner, navigation.ForeignKey.PrincipalKey, navigation), out List<OwnedRow>? rows)
            ? rows.Where(row => version == RowVersion.Before ? row.State != EntityState.Added : row.State != EntityState.Deleted).Select(row => row.Entry)
            : [];

    /// <summary>The row that holds it, through all levels of owning; null when it is not tracked.</summary>
    public EntityEntry? RootOf(EntityEntry entry)
    {
        EntityEntry? at = entry;
        while (at is not null && IsFolded(at.Metadata))
        {
            IForeignKey ownership = at.Metadata.FindOwnership()!;
            at = _entries.GetValueOrDefault(RowId.Of(at, ownership.PrincipalKey, null, ownership.Properties));
        }

        return at;
    }

    private void Add(EntityEntry entry, IForeignKey ownership)
    {
        RowId owner = RowId.Of(entry, ownership.PrincipalKey, ownership.PrincipalToDependent, ownership.Properties);
        if (!_byOwner.TryGetValue(owner, out List<OwnedRow>? rows))
        {
            _byOwner[owner] = rows = [];
        }

        rows.Add(new OwnedRow(entry, entry.State));
    }

    private static bool SameTable(IEntityType type, IEntityType owner)
        => type.GetTableName() is { } table && table == owner.GetTableName() && type.GetSchema() == owner.GetSchema();

    private readonly record struct OwnedRow(EntityEntry Entry, EntityState State);
}
