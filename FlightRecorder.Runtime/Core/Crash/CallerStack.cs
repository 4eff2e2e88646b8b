using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FlightRecorder;

/// <summary>A stack for what has none of its own: it begins where the error was handed over, not in the recorder.</summary>
internal static class CallerStack
{
    // By name and not by count, since the compiler may inline some of these.
    private static readonly string[] Own = ["   at " + nameof(FlightRecorder) + "." + nameof(CallerStack) + ".", "   at " + nameof(FlightRecorder) + "." + nameof(CrashRecorder) + "."];

    /// <summary>The stack of here for an error that brings none; otherwise null.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static StackTrace? For(object? error) => error is Exception exception && ThrownMark.HasStack(exception) ? null : new StackTrace(fNeedFileInfo: true);

    public static string Render(StackTrace stack)
    {
        ReadOnlySpan<char> text = stack.ToString().AsSpan().TrimEnd();
        while (IsOwn(text))
        {
            int end = text.IndexOf('\n');
            text = end < 0 ? [] : text[(end + 1)..];
        }

        return text.ToString();
    }

    private static bool IsOwn(ReadOnlySpan<char> text)
    {
        foreach (string own in Own)
        {
            if (text.StartsWith(own, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
