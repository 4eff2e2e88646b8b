using System.Diagnostics;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Crash;

/// <summary>A real process with a crash recorder, in a directory of its own.</summary>
/// <param name="isAheadOfTime">Whether it is the binary that the verb aot has published.</param>
/// <param name="isInMemory">Whether its directory may lie in memory: a kill is the same there, and a sync waits for no disk that others use.</param>
internal sealed class CrashProcess(bool isAheadOfTime = false, bool isInMemory = false) : IDisposable
{
    private static readonly string Published = Path.Combine(SourceTree.Root, "artifacts/publish/FlightRecorder.CrashApp.Aot/release/FlightRecorder.CrashApp");

    // Containers give it 64 MB unless they are asked, and eight processes write more.
    private const string Memory = "/dev/shm";
    private const long MemoryNeeded = 1L << 30;

    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "FlightRecorder.CrashApp", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "FlightRecorder.CrashApp.dll");

    /// <summary>The program and its first arguments.</summary>
    public string[] Command { get; } = isAheadOfTime ? [Published] : ["dotnet", Program];

    public string Directory { get; } = isInMemory && HasMemory
        ? System.IO.Directory.CreateDirectory(Path.Combine(Memory, "crash-" + Guid.NewGuid().ToString("n"))).FullName
        : System.IO.Directory.CreateTempSubdirectory("crash").FullName;

    private static bool HasMemory => System.IO.Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > MemoryNeeded;

    public string File => Path.Combine(Directory, "errors.jsonl");

    /// <summary>The records of the file, and of the one before it.</summary>
    public IReadOnlyList<System.Text.Json.Nodes.JsonObject> Records => [.. Lines.Select(line => CrashRig.Parse(line + "\n"))];

    public IEnumerable<string> Lines
        => new[] { File + ".1", File }.Where(System.IO.File.Exists).SelectMany(file => System.IO.File.ReadLines(file));

    /// <summary>Starts a scenario; in a shell script its command line is <c>"$@"</c> and the directory <c>$DIR</c>.</summary>
    public Process Start(string scenario, string? script = null) => Start(scenario.Split(' '), script);

    public Process Start(string[] scenario, string? script = null)
    {
        string[] command = [.. Command, .. scenario];
        string[] arguments = script is null ? command : ["sh", "-c", script, "sh", .. command];
        var start = new ProcessStartInfo(arguments[0], arguments[1..])
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DIR"] = Directory },
        };
        return Process.Start(start)!;
    }

    public Task<Ended> RunAsync(string scenario, CancellationToken cancellationToken, string? script = null)
        => RunAsync(scenario.Split(' '), cancellationToken, script);

    public async Task<Ended> RunAsync(string[] scenario, CancellationToken cancellationToken, string? script = null)
    {
        using Process process = Start(scenario, script);
        await using CancellationTokenRegistration _ = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new Ended(process.ExitCode, output, await error);
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    internal sealed record Ended(int ExitCode, string Output, string Error);
}
