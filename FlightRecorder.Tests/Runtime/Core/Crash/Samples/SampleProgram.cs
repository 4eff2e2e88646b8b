using System.Diagnostics;

namespace FlightRecorder.Tests.Core.Crash.Samples;

/// <summary>A sample, run as the process that its users run.</summary>
internal static class SampleProgram
{
    public static async Task<CrashProcess.Ended> RunAsync(string name, string[] arguments, CancellationToken cancellationToken)
    {
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        string program = Path.Combine(AppContext.BaseDirectory, "..", "..", name, configuration, name + ".dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        await using CancellationTokenRegistration _ = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new CrashProcess.Ended(process.ExitCode, output, await error);
    }
}
