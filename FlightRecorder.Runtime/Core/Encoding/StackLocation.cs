namespace FlightRecorder;

/// <summary>Where an exception came from, read from its stack's text.</summary>
internal static class StackLocation
{
    private const string FileMark = " in ";
    private const string LineMark = ":line ";
    private const string DeterministicRoot = "/_/";

    /// <summary>
    /// <c>Shop/Data/Stock.cs:40</c> for the first frame with a file, or null. A deterministic path is relative to the
    /// repository already; of any other path only the file's name is told.
    /// </summary>
    public static string? FirstOf(string stack)
    {
        foreach (ReadOnlySpan<char> frame in stack.AsSpan().EnumerateLines())
        {
            int line = frame.LastIndexOf(LineMark);
            int file = line < 0 ? -1 : frame[..line].LastIndexOf(FileMark);
            if (file >= 0)
            {
                ReadOnlySpan<char> path = frame[(file + FileMark.Length)..line];
                return string.Concat(Relative(path), ":", frame[(line + LineMark.Length)..]);
            }
        }

        return null;
    }

    /// <summary>The same for one frame.</summary>
    public static string Of(string path, int line) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Relative(path)}:{line}");

    private static ReadOnlySpan<char> Relative(ReadOnlySpan<char> path)
        => path.StartsWith(DeterministicRoot) ? path[DeterministicRoot.Length..] : path[(path.LastIndexOfAny('/', '\\') + 1)..];
}
