using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary>The option that names the journal directory; the same for each command.</summary>
internal static class JournalOption
{
    public static Option<string> Create(Terminal terminal) => new("--dir", "-d")
    {
        Description = "The journal directory. Default: $FLIGHTRECORDER_DIR, else ./flight.",
        HelpName = "DIR",
        DefaultValueFactory = _ => terminal.Directory,
    };
}
