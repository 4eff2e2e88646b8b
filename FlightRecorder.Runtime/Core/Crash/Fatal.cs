namespace FlightRecorder;

/// <summary>The end of a process by an error.</summary>
internal static class Fatal
{
    private const int ExitCode = 1;

    // What the app does at its exit is its own, but a crashed process is to be gone.
    private static readonly TimeSpan MaxExit = TimeSpan.FromSeconds(10);

    /// <summary>Leaves a line on standard error, where the supervisor looks, and ends the process. Without a file the record itself is there.</summary>
    public static void Exit(in CrashRecord record, string? file, WriteResult result)
    {
        try
        {
            if (file is not null)
            {
                StandardError.WriteLine(Breadcrumb(record, file, result.Ok));
            }

            new Thread(EndLate) { IsBackground = true }.Start();
        }
        finally
        {
            Environment.Exit(ExitCode);
        }
    }

    // flightrecorder: fatal uncaught — Name: message (recorded to FILE)
    internal static string Breadcrumb(in CrashRecord record, string file, bool isWritten)
    {
        (string name, string message) = record.Texts is { } texts ? (texts.Name, texts.Message) : CrashEncoder.Describe(record.Error);
        string word = record.Kind == CrashKind.Uncaught ? "uncaught" : "unobserved";
        string where = isWritten ? $"recorded to {file}" : $"record DROPPED, {file} unwritable";
        return $"flightrecorder: fatal {word} — {VisibleControls.Of(name)}: {VisibleControls.Of(message)} ({where})";
    }

    private static void EndLate()
    {
        using var never = new ManualResetEvent(false);
        never.WaitOne(MaxExit);
        if (OperatingSystem.IsLinux())
        {
            LibC.ExitNow(ExitCode);
        }
    }
}
