using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary><c>flightrecorder show ID</c>: one recording, to be read.</summary>
internal static class ShowCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string> directory = JournalOption.Create(terminal);
        var postgres = new PostgresOptions(terminal);
        Argument<string> id = IdArgument.Create();
        var json = new Option<bool>("--json") { Description = "The journal line as indented JSON." };
        var command = new Command("show", "Shows one recording.") { id, directory, postgres.Connection, postgres.Schema, json };
        command.SetAction((arguments, cancellationToken) =>
        {
            if (postgres.IsChosen(arguments, directory))
            {
                return postgres.FindAsync(arguments, arguments.GetRequiredValue(id), (_, found) =>
                {
                    Show(terminal, found, arguments.GetValue(json));
                    return Task.CompletedTask;
                }, cancellationToken);
            }

            var lookup = new RecordingLookup(terminal, arguments.GetRequiredValue(directory));
            int exitCode = lookup.Find(arguments.GetRequiredValue(id), out Recording? recording, cancellationToken);
            if (recording is not null)
            {
                Show(terminal, recording, arguments.GetValue(json));
            }

            return Task.FromResult(exitCode);
        });
        return command;
    }

    private static void Show(Terminal terminal, Recording recording, bool asJson)
    {
        if (asJson)
        {
            RecordingJson.Write(terminal.Output, recording);
        }
        else
        {
            RecordingPage.Write(new Page(terminal.Output, terminal.HasColor), recording);
        }
    }
}
