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
    // By the owner's entity, since its key is another one when the database has generated it.
    private readonly Dictionary<(object Owner, INavigation Navigation), List<OwnedRow>> _byOwner = [];
    private readonly Dictionary<(RowId Id, bool IsDeleted), EntityEntry> _entries = [];

    public static OwnedRows None { get; } = new([]);

    public OwnedRows(IReadOnlyList<EntityEntry> entries)
    {
        if (!entries.Any(entry => IsFolded(entry.Metadata)))
        {
            return;
        }

        foreach (EntityEntry entry in entries)
        {
            _entries[(RowId.Of(entry, entry.Metadata.FindPrimaryKey()), entry.State == EntityState.Deleted)] = entry;
        }

        foreach (EntityEntry entry in entries.Where(entry => IsFolded(entry.Metadata)))
        {
            Add(entry);
        }
    }

    public static bool IsFolded(IEntityType type)
        => type.FindOwnership() is { } ownership && (type.IsMappedToJson() || SameTable(type, ownership.PrincipalEntityType));

    public static IEnumerable<INavigation> FoldedNavigations(IEntityType type)
        => type.GetNavigations().Where(navigation => navigation.ForeignKey.IsOwnership && !navigation.IsOnDependent && IsFolded(navigation.TargetEntityType));

    /// <summary>The rows owned through the navigation, before or after the save, in their order.</summary>
    public IEnumerable<EntityEntry> Of(EntityEntry owner, INavigation navigation, RowVersion version)
    {
        if (!_byOwner.TryGetValue((owner.Entity, navigation), out List<OwnedRow>? rows))
        {
            return [];
        }

        IEnumerable<EntityEntry> owned = rows
            .Where(row => version == RowVersion.Before ? row.State != EntityState.Added : row.State != EntityState.Deleted).Select(row => row.Entry);
        return !navigation.IsCollection || rows.Count == 1 ? owned
            : version == RowVersion.Before ? owned.OrderBy(OrdinalBefore)
            : OrderedAs(owner.Collection(navigation).CurrentValue, owned);
    }

    /// <summary>The row that holds it, through all levels of owning; null when it is not tracked.</summary>
    public EntityEntry? RootOf(EntityEntry entry)
    {
        EntityEntry? at = entry;
        while (at is not null && IsFolded(at.Metadata))
        {
            at = OwnerOf(at);
        }

        return at;
    }

    // Elements of a JSON array have their place as the last part of their key; EF Core tracks them in an order of its own.
    private static int OrdinalBefore(EntityEntry entry)
        => entry.Metadata.FindPrimaryKey()?.Properties[^1] is { } last && last.IsShadowProperty() && last.ClrType == typeof(int) && !last.IsForeignKey()
            ? (int)entry.Property(last).OriginalValue!
            : 0;

    private static IEnumerable<EntityEntry> OrderedAs(System.Collections.IEnumerable? elements, IEnumerable<EntityEntry> owned)
    {
        var places = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        foreach (object element in elements ?? Array.Empty<object>())
        {
            places.TryAdd(element, places.Count);
        }

        return owned.OrderBy(entry => places.GetValueOrDefault(entry.Entity, int.MaxValue));
    }

    private void Add(EntityEntry entry)
    {
        if (OwnerOf(entry) is not { } owner || entry.Metadata.FindOwnership()?.PrincipalToDependent is not { } navigation)
        {
            return;
        }

        if (!_byOwner.TryGetValue((owner.Entity, navigation), out List<OwnedRow>? rows))
        {
            _byOwner[(owner.Entity, navigation)] = rows = [];
        }

        rows.Add(new OwnedRow(entry, entry.State));
    }

    // A replaced owner is tracked twice under one key: what was deleted belongs to the deleted one.
    private EntityEntry? OwnerOf(EntityEntry entry)
    {
        IForeignKey ownership = entry.Metadata.FindOwnership()!;
        RowId id = RowId.Of(entry, ownership.PrincipalKey, ownership.Properties);
        bool isDeleted = entry.State == EntityState.Deleted;
        return _entries.GetValueOrDefault((id, isDeleted)) ?? _entries.GetValueOrDefault((id, !isDeleted));
    }

    private static bool SameTable(IEntityType type, IEntityType owner)
        => type.GetTableName() is { } table && table == owner.GetTableName() && type.GetSchema() == owner.GetSchema();

    private readonly record struct OwnedRow(EntityEntry Entry, EntityState State);
}
