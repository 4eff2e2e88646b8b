using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The saves under way on one context: more than one when an interceptor of the app saves again inside a save.</summary>
internal sealed class PendingSaves
{
    private static readonly ConditionalWeakTable<DbContext, PendingSaves> ByContext = [];

    private readonly Stack<PendingSave> _saves = new();

    public static PendingSaves Of(DbContext context) => ByContext.GetValue(context, static _ => new PendingSaves());

    public static PendingSaves? Find(DbContext context) => ByContext.TryGetValue(context, out PendingSaves? saves) ? saves : null;

    /// <summary>Its entities that no query read.</summary>
    public AttachedRows Attached { get; } = new();

    public PendingSave? Current => _saves.TryPeek(out PendingSave? save) ? save : null;

    /// <summary>A save begins. One that ended unseen, by a conflict or in an earlier recording, is let go of.</summary>
    public void Begin(PendingSave save)
    {
        while (Current is { } outer && (outer.HasConflict || outer.Recording != save.Recording))
        {
            _saves.Pop();
        }

        _saves.Push(save);
    }

    public PendingSave? End() => _saves.TryPop(out PendingSave? save) ? save : null;
}
