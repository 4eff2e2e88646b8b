using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary><c>flightrecorder list</c>: the heads of recordings, newest first.</summary>
internal sealed class ListCommand
{
    private readonly Terminal _terminal;
    private readonly Option<string> _directory;
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object per line instead of a table." };
    private readonly Option<int> _limit = new("--limit", "-n") { Description = "At most so many, 1 to 10000.", HelpName = "N", DefaultValueFactory = _ => 50 };
    private readonly FilterOptions _filter = new();

    private ListCommand(Terminal terminal)
    {
        _terminal = terminal;
        _directory = JournalOption.Create(terminal);
        _limit.Validators.Add(result => Check.Range(result, 1, 10_000));
    }

    public static Command Create(Terminal terminal)
    {
        var list = new ListCommand(terminal);
        var command = new Command("list", "Lists recordings, newest first.") { list._directory, list._json, list._limit };
        list._filter.AddTo(command);
        command.SetAction(list.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var reader = new JournalReader(arguments.GetRequiredValue(_directory));
        var scan = new JournalScan();
        DeadRuns.Recover(_terminal, reader.Directory);
        IReadOnlyList<RecordingSummary> recordings = reader.List(_filter.Read(arguments, arguments.GetValue(_limit)), scan, cancellationToken);
        if (arguments.GetValue(_json))
        {
            SummaryJson.Write(_terminal.Output, recordings);
        }
        else
        {
            SummaryTable.Write(new Page(_terminal.Output, _terminal.HasColor), recordings);
        }

        ScanNotes.Write(_terminal.Error, reader, scan);
        return Task.FromResult(ExitCode.Ok);
    }
}
