using FlightRecorder.Cli;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Cli;

/// <summary>Runs the command in this process over a journal of its own and catches what it writes.</summary>
internal sealed class CliRig : IDisposable
{
    private const string Segment = "20261120T080000-9f3a11c2d4e5f607-0001.jsonl";

    public CliRig(params string[] lines)
    {
        if (lines.Length > 0)
        {
            Directory.Write(Segment, LineBuilder.Bytes(lines));
        }
    }

    public JournalDirectory Directory { get; } = new();

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async Task<int> RunAsync(params string[] args) => await RunAsync(hasColor: false, [.. args, "--dir", Directory.Path]);

    public async Task<int> RunAsync(bool hasColor, string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = await CommandLine.RunAsync(args, new Terminal(output, error, hasColor, Directory.Path));
        Output = output.ToString();
        Error = error.ToString();
        return exitCode;
    }

    public void Dispose() => Directory.Dispose();
}
