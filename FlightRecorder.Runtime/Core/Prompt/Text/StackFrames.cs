namespace FlightRecorder.Prompts;

/// <summary>Reads .NET stack traces.</summary>
internal static class StackFrames
{
    // "   at Shop.Data.Stock.Take(Int32 count) in /_/Shop/Data/Stock.cs:line 40"
    private const string SourceMark = " in ";
    private const string LineMark = ":line ";
    private const string MappedRoot = "/_/";

    /// <summary>File and line of each frame that has them, from the innermost.</summary>
    public static IEnumerable<string> WithSource(string? stack)
    {
        foreach (string frame in (stack ?? "").Split('\n'))
        {
            int line = frame.LastIndexOf(LineMark, StringComparison.Ordinal);
            int file = line < 0 ? -1 : frame.LastIndexOf(SourceMark, line, StringComparison.Ordinal);
            if (file >= 0)
            {
                string path = frame[(file + SourceMark.Length)..line];
                yield return $"{(path.StartsWith(MappedRoot, StringComparison.Ordinal) ? path[MappedRoot.Length..] : path)}:{frame[(line + LineMark.Length)..].Trim()}";
            }
        }
    }
}
