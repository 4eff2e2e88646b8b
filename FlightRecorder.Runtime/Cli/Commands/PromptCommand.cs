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
        Argument<string> id = IdArgument.Create();
        var maxChars = new Option<int>("--max-chars")
        {
            Description = $"A hard limit, {PromptOptions.LeastChars} to {PromptOptions.MostChars}.",
            HelpName = "N",
            DefaultValueFactory = _ => new PromptOptions().MaxChars,
        };
        maxChars.Validators.Add(result => Check.Range(result, PromptOptions.LeastChars, PromptOptions.MostChars));
        var command = new Command("prompt", "Writes the debugging prompt of one recording.") { id, directory, maxChars };
        command.SetAction((arguments, cancellationToken) =>
        {
            var lookup = new RecordingLookup(terminal, arguments.GetRequiredValue(directory));
            int exitCode = lookup.Find(arguments.GetRequiredValue(id), out Recording? recording, cancellationToken);
            if (recording is not null)
            {
                IReadOnlyList<Recording> related = lookup.Reader.FindEarlierWriters(recording, Related, cancellationToken);
                string prompt = PromptWriter.Write(recording, new PromptOptions { MaxChars = arguments.GetValue(maxChars), Related = related });
                terminal.Output.Write(SafeText.Lines(prompt));
            }

            return Task.FromResult(exitCode);
        });
        return command;
    }
}
