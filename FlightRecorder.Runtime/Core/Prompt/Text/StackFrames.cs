using System.Globalization;

namespace FlightRecorder.Prompts;

/// <summary>Reads .NET stack traces.</summary>
internal static class StackFrames
{
    // "   at Shop.Data.Stock.Take(Int32 count) in /_/Shop/Data/Stock.cs:line 40"
    private const string SourceMark = " in ";
    private const string LineMark = ":line ";
    private const string MappedRoot = "/_/";

    private const int LongRun = 4;
    private const int RunHead = 2;

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

    /// <summary>The stack with each long run of frames without source shortened to its first ones. Without any source at all nothing is left out.</summary>
    public static string Condense(string stack)
    {
        string[] frames = stack.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        if (!frames.Any(HasSource))
        {
            return string.Join('\n', frames);
        }

        List<string> kept = [];
        for (int i = 0; i < frames.Length;)
        {
            int run = frames.Skip(i).TakeWhile(frame => !HasSource(frame)).Count();
            bool isLong = run > LongRun;
            kept.AddRange(frames.Skip(i).Take(isLong ? RunHead : Math.Max(run, 1)));
            if (isLong)
            {
                kept.Add(string.Create(CultureInfo.InvariantCulture, $"   … {run - RunHead} more without source"));
            }

            i += Math.Max(run, 1);
        }

        return string.Join('\n', kept);
    }

    private static bool HasSource(string frame) => frame.Contains(LineMark, StringComparison.Ordinal);
}
