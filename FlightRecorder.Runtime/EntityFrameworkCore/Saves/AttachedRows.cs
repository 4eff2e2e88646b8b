using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// The entities of one context that were attached (<c>Update</c>, <c>Attach</c>, <c>Remove</c>) and not read by a query: what EF Core
/// calls their original values is what the app put into them. Also what the context tracked before anybody looked.
/// </summary>
internal sealed class AttachedRows
{
    private readonly HashSet<object> _entities = new(ReferenceEqualityComparer.Instance);
    private DbContextId? _watched;

    public bool Contains(object entity) => _entities.Contains(entity);

    /// <summary>Follows the context from here on; again when it comes back from a pool.</summary>
    public void Watch(DbContext context)
    {
        DbContextId id = context.ContextId;
        if (_watched == id)
        {
            return;
        }

        _watched = id;
        _entities.Clear();
        context.ChangeTracker.Tracked -= OnTracked;
        context.ChangeTracker.Tracked += OnTracked;
        foreach (EntityEntry entry in TrackedEntries.Of(context, needsAll: true))
        {
            Note(entry);
        }
    }

    private void OnTracked(object? sender, EntityTrackedEventArgs tracked)
    {
        if (!tracked.FromQuery)
        {
            Note(tracked.Entry);
        }

        // Nobody records any more: each further event costs the app, and what comes meanwhile is looked over at the next beginning.
        if (AmbientHolder.Current is null)
        {
            tracked.Entry.Context.ChangeTracker.Tracked -= OnTracked;
            _watched = null;
        }
    }

    private void Note(EntityEntry entry)
    {
        if (entry.State != EntityState.Added)
        {
            _entities.Add(entry.Entity);
        }
    }
}
