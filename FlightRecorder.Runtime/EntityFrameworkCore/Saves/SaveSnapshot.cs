using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>What a save is about to change, taken at the last moment before its first command, when EF Core has found all changes.</summary>
internal sealed class SaveSnapshot
{
    private readonly List<RowDraft> _drafts;
    private readonly ModelPlan _model;
    private readonly RecordingSettings _settings;
    private readonly AttachedRows? _attached;
    private readonly OwnedRows _owned;
    private readonly int _limit;
    private int _beyond;

    private SaveSnapshot(ModelPlan model, OwnedRows owned, RecordingSettings settings, AttachedRows? attached, int limit, int count)
    {
        _model = model;
        _owned = owned;
        _settings = settings;
        _attached = attached;
        _limit = limit;
        _drafts = new List<RowDraft>(Math.Min(limit, count));
    }

    public List<RowDraft> Drafts => _drafts;

    public HiddenValues Hidden { get; } = new();

    /// <summary>Rows of entities that nobody marked were left out.</summary>
    public bool HasUnmarked { get; private set; }

    /// <summary>Rows whose state before has to be read from the database.</summary>
    public bool HasAttached { get; private set; }

    public RowReader Reader => new(_owned, Hidden);

    public string? Beyond => _beyond == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{_beyond} more rows of one save did not fit");

    /// <param name="context">The context that saves.</param>
    /// <param name="settings">What to take.</param>
    /// <param name="attached">The rows whose values were never loaded; null when values before are not wanted.</param>
    /// <param name="limit">How many rows to take at most.</param>
    public static SaveSnapshot Take(DbContext context, RecordingSettings settings, AttachedRows? attached, int limit)
    {
        ModelPlan model = ModelPlan.Of(context);
        List<EntityEntry> entries = TrackedEntries.Of(context, needsAll: model.HasFolded);
        var snapshot = new SaveSnapshot(model, model.HasFolded ? new OwnedRows(entries) : OwnedRows.None, settings, attached, limit, entries.Count);
        if (model.HasFolded)
        {
            snapshot.ReadWithOwned(entries);
        }
        else
        {
            foreach (EntityEntry entry in entries)
            {
                snapshot.Read(entry, model.For(entry.Metadata), null);
            }
        }

        return snapshot;
    }

    // A change of an owned row inside its owner's is a change of the owner.
    private void ReadWithOwned(List<EntityEntry> entries)
    {
        var rows = new Dictionary<EntityEntry, ChangedMembers?>(EntryIdentity.Instance);
        foreach (EntityEntry entry in entries.Where(TrackedEntries.IsChanged))
        {
            bool folded = _model.For(entry.Metadata).IsFolded;
            if ((folded ? _owned.RootOf(entry) : entry) is not { } row)
            {
                continue;
            }

            rows.TryAdd(row, null);
            if (folded)
            {
                (rows[row] ??= new ChangedMembers()).AddOwned(entry);
            }
        }

        foreach ((EntityEntry entry, ChangedMembers? changed) in rows)
        {
            Read(entry, _model.For(entry.Metadata), changed);
        }
    }

    private void Read(EntityEntry entry, EntityPlan plan, ChangedMembers? ofOwned)
    {
        EntityRule rule = plan.Rule;
        Hidden.All |= rule.HidesParameters;
        HasUnmarked |= !rule.Recorded && !_model.Rules.IsRecorded;
        if (!rule.Recorded)
        {
            return;
        }

        if (_drafts.Count == _limit)
        {
            // Its values are not looked at, so what of the parameters belongs to it is not known.
            Hidden.All |= plan.HidesSome;
            _beyond++;
            return;
        }

        var row = new TrackedRow(entry, plan);
        if (plan.HidesSome)
        {
            Reader.NoteHidden(row, entry.State == EntityState.Deleted);
        }

        string[]? changed = entry.State is EntityState.Modified or EntityState.Unchanged ? Changed(row, ofOwned) : null;
        if (changed is not { Length: 0 })
        {
            // Of several entities in one row EF Core takes all for modified when one is, and sends nothing of the others.
            _drafts.Add(Draft(row, changed));
        }
    }

    private RowDraft Draft(in TrackedRow row, string[]? changed)
    {
        EntityState state = row.Entry.State;
        bool hasBefore = state != EntityState.Added && _settings.CaptureBefore;
        bool isAttached = hasBefore && _attached?.Contains(row.Entry.Entity) == true;
        HasAttached |= isAttached;
        return new RowDraft
        {
            Row = row,
            Operation = RowDraft.OperationOf(state),
            Before = hasBefore && !isAttached ? Reader.Read(row, RowVersion.Before) : null,
            Changed = changed,
            IsAttached = isAttached,
        };
    }

    private static string[] Changed(in TrackedRow row, ChangedMembers? ofOwned)
    {
        if (ofOwned is null && row.Plan.Complex.Length == 0)
        {
            return ChangedMembers.OfFlat(row);
        }

        var changed = new ChangedMembers();
        changed.AddRow(row);
        return ofOwned is null ? changed.Names : [.. changed.Names, .. ofOwned.Names];
    }

    // EF Core makes a new EntityEntry at each asking; the entity is what identifies it.
    private sealed class EntryIdentity : IEqualityComparer<EntityEntry>
    {
        public static readonly EntryIdentity Instance = new();

        public bool Equals(EntityEntry? x, EntityEntry? y) => ReferenceEquals(x?.Entity, y?.Entity);

        public int GetHashCode(EntityEntry obj) => RuntimeHelpers.GetHashCode(obj.Entity);
    }
}
