using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>
/// The saves under way on one context: more than one when an interceptor of the app saves again inside a save. The context's own
/// interceptors hold it; where they are shared by contexts, it is found by the context.
/// </summary>
internal sealed class PendingSaves
{
    private static readonly ConditionalWeakTable<DbContext, PendingSaves> ByContext = [];

    private AttachedRows? _attached;

    public static PendingSaves Of(DbContext context) => ByContext.GetValue(context, static _ => new PendingSaves());

    /// <summary>The save that the command belongs to, or null.</summary>
    /// <param name="own">Those of the context, where its interceptors hold them.</param>
    /// <param name="eventData">The command.</param>
    public static PendingSave? SaveOf(PendingSaves? own, CommandEventData eventData)
        => eventData.CommandSource == CommandSource.SaveChanges && eventData.Context is { } context ? (own ?? Of(context)).Current : null;

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
