using System.CommandLine;
using System.CommandLine.Parsing;

namespace FlightRecorder.Cli;

/// <summary><c>flightrecorder prune DIR</c>: deletes old segments, and erases what an actor left in the rest.</summary>
internal sealed class PruneCommand
{
    private readonly Terminal _terminal;
    private readonly JournalPlace _place;
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object per segment." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be done, and do nothing." };
    private readonly Option<string?> _actor = new("--actor") { Description = "Erase the recordings of the actor with this id.", HelpName = "ID" };
    private readonly Option<long?> _maxBytes = new("--max-bytes") { Description = "Delete the oldest segments until the rest takes no more: 500MB, 2GB, or bytes.", HelpName = "SIZE", CustomParser = ByteSize.Parse };
    private readonly Option<DateTimeOffset?> _olderThan = new("--older-than")
    {
        Description = "Delete segments written last before: 12h, 7d ago, or a time.",
        HelpName = "TIME",
        CustomParser = Since.Parse,
    };

    private PruneCommand(Terminal terminal)
    {
        _terminal = terminal;
        _place = new JournalPlace(terminal);
        _actor.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("--actor is empty; name the id of an actor.");
            }
        });
    }

    public static Command Create(Terminal terminal)
    {
        var prune = new PruneCommand(terminal);
        var command = new Command("prune", "Deletes closed segments by age and size, and erases an actor. The segment that a process writes is never touched.")
        {
            prune._olderThan, prune._maxBytes, prune._actor, prune._dryRun, prune._json,
        };
        prune._place.AddTo(command);
        command.Validators.Add(prune.DemandOne);
        command.SetAction(prune.Run);
        return command;
    }

    private void DemandOne(CommandResult command)
    {
        if (command.GetResult(_olderThan) is null && command.GetResult(_maxBytes) is null && command.GetResult(_actor) is null)
        {
            command.AddError("prune needs at least one of --older-than, --max-bytes and --actor.");
        }
    }

    private Task<int> Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        string directory = _place.Read(arguments);
        _place.SayIfMissing(directory);
        bool isDryRun = arguments.GetValue(_dryRun);
        var report = new PruneReport(_terminal, arguments.GetValue(_json), isDryRun);
        var pruner = new JournalPruner(directory, JournalFiles.Instance, isDryRun, cancellationToken);
        foreach (PruneAction action in pruner.Prune(
            arguments.GetValue(_olderThan) ?? DateTimeOffset.MinValue, arguments.GetValue(_maxBytes) ?? long.MaxValue, arguments.GetValue(_actor)))
        {
            report.Add(action);
        }

        report.End();
        return Task.FromResult(report.IsUndone ? ExitCode.Undone : ExitCode.Ok);
    }
}
