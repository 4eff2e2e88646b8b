using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary>The journal directory of a command that is about the journal itself: its argument, or the option that all commands have.</summary>
internal sealed class JournalPlace(Terminal terminal)
{
    private readonly Option<string> _option = JournalOption.Create(terminal);
    private readonly Argument<string?> _argument = new("DIR") { Description = "The journal directory.", Arity = ArgumentArity.ZeroOrOne };

    public void AddTo(Command command)
    {
        command.Add(_argument);
        command.Add(_option);
    }

    public string Read(ParseResult arguments) => arguments.GetValue(_argument) ?? arguments.GetRequiredValue(_option);

    /// <summary>Says when there is none.</summary>
    public void SayIfMissing(string directory)
    {
        if (!Directory.Exists(directory))
        {
            new Page(terminal.Error, hasColor: false).Line($"There is no journal in {directory}.");
        }
    }
}
