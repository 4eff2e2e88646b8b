using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The saves under way on one context: more than one when an interceptor of the app saves again inside a save.</summary>
internal sealed class PendingSaves
{
    private static readonly ConditionalWeakTable<DbContext, PendingSaves> ByContext = [];

    private AttachedRows? _attached;

    public static PendingSaves Of(DbContext context) => ByContext.GetValue(context, static _ => new PendingSaves());

    public static PendingSaves? Find(DbContext context) => ByContext.TryGetValue(context, out PendingSaves? saves) ? saves : null;

    /// <summary>Its entities that no query read.</summary>
    public AttachedRows Attached => _attached ??= new AttachedRows();

    public PendingSave? Current { get; private set; }

    /// <summary>A save begins. One that ended unseen, by a conflict or in an earlier recording, is let go of.</summary>
    public void Begin(PendingSave save)
    {
        while (Current is { } outer && (outer.HasConflict || outer.Recording != save.Recording))
        {
            Current = outer.Outer;
        }

        save.Outer = Current;
        Current = save;
    }

    public PendingSave? End()
    {
        PendingSave? ended = Current;
        Current = ended?.Outer;
        return ended;
    }
}
