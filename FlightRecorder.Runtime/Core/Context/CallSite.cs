using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FlightRecorder;

/// <summary>
/// Who called for a command: the first frame of user code on the stack. Costs two walks of the stack and one look into a symbol file,
/// some ten microseconds. Nothing is found without symbols, under Native AOT, and behind an await that really waited.
/// </summary>
internal static class CallSite
{
    // Frames of user code without symbols are passed over, but not for ever: each costs another walk.
    private const int MaxAttempts = 4;

    private static readonly string[] Libraries = ["System.", "Microsoft.", "Npgsql", "Dapper"];

    private static readonly HashSet<string> Own =
    [
        "FlightRecorder.Runtime", "FlightRecorder.AspNetCore", "FlightRecorder.EntityFrameworkCore", "FlightRecorder.AdoNet",
        "FlightRecorder.PostgreSql", "FlightRecorder.Testing", "FlightRecorder.Viewer", "FlightRecorder.Cli",
    ];

    /// <summary><c>Shop/Data/Stock.cs:40</c> as <see cref="StackLocation"/> tells places, or null.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string? Find()
    {
        var stack = new StackTrace(fNeedFileInfo: false);
        int attempts = 0;
        for (int i = 1; i < stack.FrameCount && attempts < MaxAttempts; i++)
        {
            if (!IsUsers(stack.GetFrame(i)))
            {
                continue;
            }

            attempts++;
            var frame = new StackFrame(i, needFileInfo: true);
            if (frame.GetFileName() is { Length: > 0 } file && frame.GetFileLineNumber() is > 0 and var line)
            {
                return StackLocation.Of(file, line);
            }
        }

        return null;
    }

    private static bool IsUsers(StackFrame? frame)
    {
        if (frame is null || DiagnosticMethodInfo.Create(frame)?.DeclaringAssemblyName is not { } assembly)
        {
            return false;
        }

        string name = assembly.Split(',', 2)[0];
        return !Own.Contains(name) && !Array.Exists(Libraries, library => name.StartsWith(library, StringComparison.Ordinal));
    }
}
