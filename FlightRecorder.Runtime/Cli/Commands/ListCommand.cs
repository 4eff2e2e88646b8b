using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary><c>flightrecorder list</c>: the heads of recordings, newest first.</summary>
internal sealed class ListCommand
{
    private readonly Terminal _terminal;
    private readonly Option<string> _directory;
    private readonly PostgresOptions _postgres;
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object per line instead of a table." };
    private readonly Option<int> _limit = new("--limit", "-n") { Description = "At most so many, 1 to 10000.", HelpName = "N", DefaultValueFactory = _ => 50 };
    private readonly FilterOptions _filter = new();

    private ListCommand(Terminal terminal)
    {
        _terminal = terminal;
        _directory = JournalOption.Create(terminal);
        _postgres = new PostgresOptions(terminal);
        _limit.Validators.Add(result => Check.Range(result, 1, 10_000));
    }

    public static Command Create(Terminal terminal)
    {
        var list = new ListCommand(terminal);
        var command = new Command("list", "Lists recordings, newest first.") { list._directory, list._postgres.Connection, list._postgres.Schema, list._json, list._limit };
        list._filter.AddTo(command);
        command.SetAction(list.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (_postgres.IsChosen(arguments, _directory))
        {
            return await _postgres.ReadAsync(arguments, async reader =>
            {
                JournalFilter filter = _filter.Read(arguments, arguments.GetValue(_limit));
                if (filter.Text is not null)
                {
                    _terminal.Error.WriteLine("--text searches journals only; with --postgres, narrow by --route, --status, --outcome, --actor, --error, --since or --until.");
                    return ExitCode.NotFound;
                }

                Write(arguments, await reader.ListAsync(filter.Query, cancellationToken).ConfigureAwait(false));
                return ExitCode.Ok;
            }).ConfigureAwait(false);
        }

        var journal = new JournalReader(arguments.GetRequiredValue(_directory));
        var scan = new JournalScan();
        DeadRuns.Recover(_terminal, journal.Directory);
        Write(arguments, journal.List(_filter.Read(arguments, arguments.GetValue(_limit)), scan, cancellationToken));
        ScanNotes.Write(_terminal.Error, journal, scan);
        return ExitCode.Ok;
    }

    private void Write(ParseResult arguments, IReadOnlyList<RecordingSummary> recordings)
    {
        if (arguments.GetValue(_json))
        {
            SummaryJson.Write(_terminal.Output, recordings);
        }
        else
        {
            SummaryTable.Write(new Page(_terminal.Output, _terminal.HasColor), recordings);
        }
    }
}
