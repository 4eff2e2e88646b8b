using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// What a context tracks, without looking for changes first: EF Core did that already, and doing it again in the middle of a save
/// could change its course.
/// </summary>
internal static class TrackedEntries
{
    /// <param name="context">The context.</param>
    /// <param name="needsAll">Unchanged ones too: they are of use for what they own.</param>
    public static List<EntityEntry> Of(DbContext context, bool needsAll)
    {
        ChangeTracker tracker = context.ChangeTracker;
        bool detects = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            var entries = new List<EntityEntry>(1);
            foreach (EntityEntry entry in tracker.Entries())
            {
                if (needsAll || IsChanged(entry))
                {
                    entries.Add(entry);
                }
            }

            return entries;
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = detects;
        }
    }

    public static bool IsChanged(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;
}
