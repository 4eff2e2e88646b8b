using System.Diagnostics;

namespace FlightRecorder.Tests.Core.Crash;

/// <summary>What .NET has no call for.</summary>
internal static class Shell
{
    /// <summary>Runs a script with <c>$0</c>, <c>$1</c> … given; it must succeed.</summary>
    public static void Run(string script, params string[] arguments)
    {
        using Process shell = Process.Start("sh", ["-c", script, .. arguments]);
        shell.WaitForExit();
        Assert.That(shell.ExitCode, Is.Zero, script);
    }
}
