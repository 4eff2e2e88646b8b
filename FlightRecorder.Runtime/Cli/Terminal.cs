using System.Text;

namespace FlightRecorder.Cli;

/// <summary>Where a command writes, and what it knows of its surroundings.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool hasColor, string? directory, string? postgres = null, Func<bool>? isRead = null) : IDisposable
{
    private const string DefaultDirectory = "./flight";

    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    public bool HasColor { get; } = hasColor;

    /// <summary>The journal directory where none is named: FLIGHTRECORDER_DIR, or <c>./flight</c>.</summary>
    public string Directory { get; } = string.IsNullOrEmpty(directory) ? DefaultDirectory : directory;

    /// <summary>Whether somebody still reads what is written.</summary>
    public bool IsRead => isRead?.Invoke() ?? true;

    /// <summary>The connection string of FLIGHTRECORDER_POSTGRES, or null.</summary>
    public string? Postgres { get; } = string.IsNullOrEmpty(postgres) ? null : postgres;

    // The console's stream swallows a broken pipe, so `flightrecorder list | head` ends quietly.
    public static Terminal OfProcess() => new(
        Writer(Console.OpenStandardOutput()),
        Writer(Console.OpenStandardError()),
        IsColorWanted(),
        Environment.GetEnvironmentVariable("FLIGHTRECORDER_DIR"),
        Environment.GetEnvironmentVariable("FLIGHTRECORDER_POSTGRES"),
        () => !BrokenPipe.IsOutput());

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
    }

    // no-color.org: any value but the empty one.
    private static bool IsColorWanted()
        => !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
}
