using System.Diagnostics;

namespace FlightRecorder;

/// <summary>
/// Who called for a command: the first frame of user code on the stack. Costs a walk of the whole stack, which looks each frame up in its
/// symbol file: some tens of microseconds, more the deeper it is. Nothing is found without symbols, under Native AOT, and behind an await that
/// really waited.
/// </summary>
internal static class CallSite
{
    private static readonly string[] Libraries = ["System.", "Microsoft.", "Npgsql", "Dapper"];

    private static readonly HashSet<string> Own =
    [
        "FlightRecorder.Runtime", "FlightRecorder.AspNetCore", "FlightRecorder.EntityFrameworkCore", "FlightRecorder.AdoNet",
        "FlightRecorder.PostgreSql", "FlightRecorder.Testing", "FlightRecorder.Viewer", "FlightRecorder.Cli",
    ];

    /// <summary><c>Shop/Data/Stock.cs:40</c> as <see cref="StackLocation"/> tells places, or null.</summary>
    public static string? Find()
    {
        var stack = new StackTrace(skipFrames: 1, fNeedFileInfo: true);
        for (int i = 0; i < stack.FrameCount; i++)
        {
            if (stack.GetFrame(i) is { } frame && frame.GetFileName() is { Length: > 0 } file && frame.GetFileLineNumber() is > 0 and var line && IsUsers(frame))
            {
                return StackLocation.Of(file, line);
            }
        }

        return null;
    }

    private static bool IsUsers(StackFrame frame)
    {
        if (DiagnosticMethodInfo.Create(frame)?.DeclaringAssemblyName is not { } assembly)
        {
            return false;
        }

        string name = assembly.Split(',', 2)[0];
        return !Own.Contains(name) && !Array.Exists(Libraries, library => name.StartsWith(library, StringComparison.Ordinal));
    }
}
