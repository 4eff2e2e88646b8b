using System.Diagnostics;
using FlightRecorder.Cli;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Cli;

[Platform("Linux")]
public class ProcessTests
{
    private static readonly string s_tool = typeof(CommandLine).Assembly.Location;

    [Test]
    [CancelAfter(60_000)]
    public async Task A_broken_pipe_ends_quietly(CancellationToken cancellationToken)
    {
        // Far more than a pipe holds, so that writing goes on after head has gone.
        using var cli = new CliRig([.. Enumerable.Range(1, 3000).Select(i => LineBuilder.Request(i))]);

        (int exitCode, string output, string error) = await ShellAsync(
            $"""set -o pipefail; dotnet "{s_tool}" list --limit 3000 --dir "{cli.Directory.Path}" | head -1""", cancellationToken);

        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.StartWith("2026-11-20 08:50:00  00000bb8-"));
        Assert.That(error, Is.Empty);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task The_process_says_with_its_exit_code_what_came_of_it(CancellationToken cancellationToken)
    {
        using var cli = new CliRig(LineBuilder.Request(1));

        (int exitCode, string output, string error) = await ShellAsync(
            $"""FLIGHTRECORDER_DIR="{cli.Directory.Path}" dotnet "{s_tool}" show ffff""", cancellationToken);

        Assert.That((exitCode, output), Is.EqualTo((1, "")));
        Assert.That(error, Does.StartWith("No recording begins with \"ffff\""));
    }

    private static async Task<(int ExitCode, string Output, string Error)> ShellAsync(string script, CancellationToken cancellationToken)
    {
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = shell.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = shell.StandardError.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
        return (shell.ExitCode, await output, await error);
    }
}
