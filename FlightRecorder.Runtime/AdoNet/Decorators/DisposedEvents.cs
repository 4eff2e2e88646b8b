using System.ComponentModel;

namespace FlightRecorder.AdoNet;

/// <summary>
/// Whether a provider's components raise <see cref="Component.Disposed"/>, which not all do: a decorator raises its own only where
/// the provider's does. Seen once for each type, so that later disposals cost nothing.
/// </summary>
internal static class DisposedEvents
{
    private static Seen[] s_seen = [];

    /// <summary>Disposes the provider's component.</summary>
    /// <returns>Whether it raises the event.</returns>
    public static bool Dispose(Component inner)
    {
        if (TryFind(inner, out bool raises))
        {
            inner.Dispose();
            return raises;
        }

        inner.Disposed += (_, _) => raises = true;
        inner.Dispose();
        Add(inner, raises);
        return raises;
    }

    /// <summary>Disposes the provider's component.</summary>
    /// <param name="inner">The provider's component.</param>
    /// <param name="raises">Whether it raises the event; where that is not known before the disposal is over, it is taken not to.</param>
    public static ValueTask DisposeAsync<T>(T inner, out bool raises)
        where T : Component, IAsyncDisposable
    {
        if (TryFind(inner, out raises))
        {
            return inner.DisposeAsync();
        }

        bool raised = false;
        inner.Disposed += (_, _) => raised = true;
        ValueTask disposing = inner.DisposeAsync();
        raises = raised;
        if (disposing.IsCompletedSuccessfully)
        {
            Add(inner, raised);
        }

        return disposing;
    }

    // An app has two or three such types; a race adds one twice.
    private static void Add(Component inner, bool raises) => Volatile.Write(ref s_seen, [.. s_seen, new Seen(inner.GetType(), raises)]);

    private static bool TryFind(Component inner, out bool raises)
    {
        foreach (Seen seen in Volatile.Read(ref s_seen))
        {
            if (seen.Type == inner.GetType())
            {
                raises = seen.Raises;
                return true;
            }
        }

        raises = false;
        return false;
    }

    private readonly record struct Seen(Type Type, bool Raises);
}
