using System.Diagnostics;

namespace FlightRecorder.Tests.Packages;

/// <summary>Runs the SDK as a user does, with a package cache of its own so that no package of an earlier run is taken.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    public static async Task<CommandResult> RunAsync(string folder, params string[] arguments)
    {
        TestContext.Progress.WriteLine($"  dotnet {string.Join(' ', arguments)}");
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(StartInfo(folder, arguments))!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Deadline);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var result = new CommandResult(process.ExitCode, await output + await errors);
        TestContext.Progress.WriteLine($"    exit code {result.ExitCode} after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        return result;
    }

    private static ProcessStartInfo StartInfo(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NUGET_PACKAGES"] = PackageCache.Folder;
        start.Environment["NUGET_FALLBACK_PACKAGES"] = PackageCache.Fallback;
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        // What the test host's own build left behind would reach the consumer's.
        foreach (string name in start.Environment.Keys.Where(IsOfBuild).ToArray())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    private static bool IsOfBuild(string name)
        => name is "FLIGHT_FRAMEWORKS" or "CONFIGURATION" or "MSBUILD_EXE_PATH" or "MSBuildExtensionsPath" or "MSBuildSDKsPath" or "MSBuildLoadMicrosoftTargetsReadOnly";
}
