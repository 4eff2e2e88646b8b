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

        return DisposeAndSee(inner);
    }

    /// <summary>Disposes the provider's component.</summary>
    /// <param name="inner">The provider's component.</param>
    /// <param name="raises">Whether it raises the event; where that is not known before the disposal is over, it is taken not to.</param>
    public static ValueTask DisposeAsync<T>(T inner, out bool raises)
        where T : Component, IAsyncDisposable
    {
        return TryFind(inner, out raises) ? inner.DisposeAsync() : DisposeAndSeeAsync(inner, out raises);
    }

    // Methods of their own: what the handlers capture is allocated where a method begins.
    private static bool DisposeAndSee(Component inner)
    {
        bool raised = false;
        inner.Disposed += (_, _) => raised = true;
        inner.Dispose();
        Add(inner, raised);
        return raised;
    }

    private static ValueTask DisposeAndSeeAsync<T>(T inner, out bool raises)
        where T : Component, IAsyncDisposable
    {
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
