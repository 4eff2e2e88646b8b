using System.Diagnostics;

namespace FlightRecorder;

/// <summary>What makes two failures the same: the type of the exception and the topmost method of the app on its stack.</summary>
/// <param name="Exception">The type; null for a failure without an exception.</param>
/// <param name="Place">The method, or the endpoint where the stack tells none.</param>
internal readonly record struct ErrorKind(Type? Exception, string Place)
{
    private static readonly string[] s_frameworks = ["System.", "Microsoft.", "FlightRecorder.", "Npgsql.", "Dapper."];

    public static ErrorKind Of(ActiveRecording recording)
    {
        Exception? error = MainOf(recording.Errors);
        string endpoint = recording.Plan?.Name ?? recording.Name;
        return error is null ? new ErrorKind(null, endpoint) : new ErrorKind(error.GetType(), PlaceOf(error) ?? endpoint);
    }

    private static Exception? MainOf(ReadOnlySpan<ErrorEntry> errors)
    {
        foreach (ErrorEntry error in errors)
        {
            if (!error.Handled)
            {
                return error.Exception;
            }
        }

        return errors.IsEmpty ? null : errors[0].Exception;
    }

    // Without files and lines, which take twenty times as long.
    private static string? PlaceOf(Exception error)
    {
        var stack = new StackTrace(error, fNeedFileInfo: false);
        for (int i = 0; i < stack.FrameCount; i++)
        {
            if (stack.GetFrame(i) is { } frame && DiagnosticMethodInfo.Create(frame) is { DeclaringTypeName: { } type } method && !IsFramework(type))
            {
                return type + "." + method.Name;
            }
        }

        return null;
    }

    private static bool IsFramework(string type)
    {
        foreach (string framework in s_frameworks)
        {
            if (type.StartsWith(framework, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
