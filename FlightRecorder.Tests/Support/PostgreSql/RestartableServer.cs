using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace FlightRecorder.Tests.Support.PostgreSql;

/// <summary>A private server that may be killed and started again; it keeps its port unless another took it meanwhile.</summary>
public sealed class RestartableServer : IAsyncDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "flight-pg-" + Guid.NewGuid().ToString("N")[..8]);

    public string ConnectionString { get; private set; } = "";

    public async Task StartAsync() => ConnectionString = (await RunAsync(Path.Combine(SourceTree.Root, "build", "postgres.sh"), "start", _directory)).Trim();

    /// <summary>Ends all of its processes at once, without a word to anyone and without a checkpoint: SIGQUIT to the postmaster.</summary>
    public async Task KillAsync()
    {
        int postmaster = int.Parse(File.ReadLines(Path.Combine(_directory, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using Process process = Process.GetProcessById(postmaster);
        await RunAsync("-c", $"kill -QUIT {postmaster}");
        await process.WaitForExitAsync();
        NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsync(Path.Combine(SourceTree.Root, "build", "postgres.sh"), "stop", _directory);
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> said = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(await said);
    }
}
