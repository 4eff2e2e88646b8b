using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>What a save is about to change, taken at the last moment before its first command, when EF Core has found all changes.</summary>
internal sealed class SaveSnapshot
{
    private readonly List<RowDraft> _drafts = [];
    private readonly OwnedRows _owned;
    private readonly int _limit;
    private int _beyond;

    private SaveSnapshot(IReadOnlyList<EntityEntry> entries, int limit)
    {
        _owned = new OwnedRows(entries);
        _limit = limit;
    }

    public IReadOnlyList<RowDraft> Drafts => _drafts;

    public HiddenValues Hidden { get; } = new();

    /// <summary>Rows of entities that nobody marked were left out.</summary>
    public bool HasUnmarked { get; private set; }

    public RowReader Reader => new(_owned, Hidden);

    public string? Beyond => _beyond == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{_beyond} more rows of one save did not fit");

    /// <param name="context">The context that saves.</param>
    /// <param name="settings">What to take.</param>
    /// <param name="limit">How many rows to take at most.</param>
    public static SaveSnapshot Take(DbContext context, RecordingSettings settings, int limit)
    {
        List<EntityEntry> entries = Entries(context);
        var snapshot = new SaveSnapshot(entries, limit);
        snapshot.Read(entries, ContextRulesCache.For(context.GetType()), settings);
        return snapshot;
    }

    private static bool IsChanged(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;

    // Rows that do not change are of use only for what they own. Entries() looks for changes first, which EF Core did already; doing it again in the middle of a save could change its course.
    private static List<EntityEntry> Entries(DbContext context)
    {
        bool detects = context.ChangeTracker.AutoDetectChangesEnabled;
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            bool needsAll = context.Model.GetEntityTypes().Any(OwnedRows.IsFolded);
            return [.. context.ChangeTracker.Entries().Where(entry => needsAll || IsChanged(entry))];
        }
        finally
        {
            context.ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    private void Read(List<EntityEntry> entries, ContextRules rules, RecordingSettings settings)
    {
        foreach ((EntityEntry entry, ChangedMembers changed) in ChangedRows(entries))
        {
            EntityRule rule = EntityRules.For(entry.Metadata, rules);
            Hidden.All |= rule.HidesParameters;
            HasUnmarked |= !rule.Recorded && !rules.IsRecorded;
            if (!rule.Recorded)
            {
                continue;
            }

            if (_drafts.Count == _limit)
            {
                // Its values are not looked at, so what of the parameters belongs to it is not known.
                Hidden.All = true;
                _beyond++;
                continue;
            }

            Draft(entry, rule, changed, settings);
        }
    }

    private void Draft(EntityEntry entry, EntityRule rule, ChangedMembers changed, RecordingSettings settings)
    {
        RowReader reader = Reader;
        _drafts.Add(RowDraft.Of(entry, rule.Map, changed, reader, settings));
        if (entry.State != EntityState.Deleted && rule.Map is { } map && (map.Whole is not null || map.Members.Count > 0))
        {
            // For the values that it hides: they are about to go out as parameters.
            reader.Read(entry, rule.Map, RowVersion.After);
        }
    }

    // A change of an owned row inside its owner's is a change of the owner.
    private Dictionary<EntityEntry, ChangedMembers> ChangedRows(List<EntityEntry> entries)
    {
        var rows = new Dictionary<EntityEntry, ChangedMembers>(EntryIdentity.Instance);
        foreach (EntityEntry entry in entries.Where(IsChanged))
        {
            bool folded = OwnedRows.IsFolded(entry.Metadata);
            if ((folded ? _owned.RootOf(entry) : entry) is not { } row)
            {
                continue;
            }

            if (!rows.TryGetValue(row, out ChangedMembers? changed))
            {
                rows[row] = changed = new ChangedMembers();
            }

            if (folded)
            {
                changed.AddOwned(entry);
            }
            else
            {
                changed.AddRow(entry);
            }
        }

        return rows;
    }

    // EF Core makes a new EntityEntry at each asking; the entity is what identifies it.
    private sealed class EntryIdentity : IEqualityComparer<EntityEntry>
    {
        public static readonly EntryIdentity Instance = new();

        public bool Equals(EntityEntry? x, EntityEntry? y) => ReferenceEquals(x?.Entity, y?.Entity);

        public int GetHashCode(EntityEntry obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Entity);
    }
}
