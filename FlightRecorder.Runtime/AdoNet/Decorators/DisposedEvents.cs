using System.Collections.Concurrent;
using System.ComponentModel;

namespace FlightRecorder.AdoNet;

/// <summary>
/// Whether a provider's components raise <see cref="Component.Disposed"/>, which not all do: a decorator raises its own only where
/// the provider's does. Seen once for each type, so that later disposals cost nothing.
/// </summary>
internal static class DisposedEvents
{
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    /// <summary>Disposes the provider's component.</summary>
    /// <returns>Whether it raises the event.</returns>
    public static bool Dispose(Component inner)
    {
        if (Known.TryGetValue(inner.GetType(), out bool raises))
        {
            inner.Dispose();
            return raises;
        }

        inner.Disposed += (_, _) => raises = true;
        inner.Dispose();
        Known.TryAdd(inner.GetType(), raises);
        return raises;
    }

    /// <summary>Disposes the provider's component.</summary>
    /// <param name="inner">The provider's component.</param>
    /// <param name="raises">Whether it raises the event; where that is not known before the disposal is over, it is taken not to.</param>
    public static ValueTask DisposeAsync<T>(T inner, out bool raises)
        where T : Component, IAsyncDisposable
    {
        if (Known.TryGetValue(inner.GetType(), out raises))
        {
            return inner.DisposeAsync();
        }

        bool raised = false;
        inner.Disposed += (_, _) => raised = true;
        ValueTask disposing = inner.DisposeAsync();
        raises = raised;
        if (disposing.IsCompletedSuccessfully)
        {
            Known.TryAdd(inner.GetType(), raised);
        }

        return disposing;
    }
}
