using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary><c>flightrecorder prompt ID</c>: one recording as a debugging prompt.</summary>
internal static class PromptCommand
{
    // So many earlier recordings that changed rows are looked at for one that shares a row.
    private const int Related = 200;

    public static Command Create(Terminal terminal)
    {
        Option<string> directory = JournalOption.Create(terminal);
        var postgres = new PostgresOptions(terminal);
        Argument<string> id = IdArgument.Create();
        var maxChars = new Option<int>("--max-chars")
        {
            Description = $"A hard limit, {PromptOptions.LeastChars} to {PromptOptions.MostChars}.",
            HelpName = "N",
            DefaultValueFactory = _ => new PromptOptions().MaxChars,
        };
        maxChars.Validators.Add(result => Check.Range(result, PromptOptions.LeastChars, PromptOptions.MostChars));
        var command = new Command("prompt", "Writes the debugging prompt of one recording.") { id, directory, postgres.Connection, postgres.Schema, maxChars };
        command.SetAction((arguments, cancellationToken) =>
        {
            if (postgres.IsChosen(arguments, directory))
            {
                return postgres.FindAsync(
                    arguments,
                    arguments.GetRequiredValue(id),
                    async (reader, found) => Write(terminal, found, await reader.FindEarlierWritersAsync(found, Related, cancellationToken).ConfigureAwait(false), arguments.GetValue(maxChars)),
                    cancellationToken);
            }

            var lookup = new RecordingLookup(terminal, arguments.GetRequiredValue(directory));
            int exitCode = lookup.Find(arguments.GetRequiredValue(id), out Recording? recording, cancellationToken);
            if (recording is not null)
            {
                Write(terminal, recording, lookup.Reader.FindEarlierWriters(recording, Related, cancellationToken), arguments.GetValue(maxChars));
            }

            return Task.FromResult(exitCode);
        });
        return command;
    }

    private static void Write(Terminal terminal, Recording recording, IReadOnlyList<Recording> related, int maxChars)
    {
        string prompt = PromptWriter.Write(recording, new PromptOptions { MaxChars = maxChars, Related = related });
        terminal.Output.Write(SafeText.Lines(prompt));
    }
}
