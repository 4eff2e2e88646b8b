using System.Text.Unicode;

namespace FlightRecorder;

/// <summary>The texts of a slot that are known before the request: names, each as a length and its UTF-8.</summary>
internal static class SlotText
{
    private const int MaxName = 80;
    private const int MaxLocation = 92;

    /// <summary>The name, the location and the route; what is too long is cut, a location left out.</summary>
    /// <returns>How many bytes were written, at most <see cref="SlotLayout.MaxEndpoint"/>.</returns>
    public static int Write(Span<byte> to, string? name, string? location, string? route)
    {
        int length = Add(to, name, MaxName);
        length += Add(to[length..], location?.Length > MaxLocation ? null : location, MaxLocation);
        return length + Add(to[length..], route, MaxName);
    }

    /// <summary>
    /// The text when it is a literal of somebody's source, else null: a text put together while the app runs may hold what must not
    /// be stored, and nobody knows yet what that is. Literals alone live outside the collected heap.
    /// </summary>
    public static string? IfLiteral(string? text) => text is not null && GC.GetGeneration(text) == int.MaxValue ? text : null;

    /// <summary>Copies what fits of a text as UTF-8.</summary>
    public static int Copy(ReadOnlySpan<char> text, Span<byte> to)
    {
        Utf8.FromUtf16(text, to, out _, out int written);
        return written;
    }

    private static int Add(Span<byte> to, string? text, int max)
    {
        int length = Copy(text, to.Slice(1, max));
        to[0] = (byte)length;
        return length + 1;
    }
}
