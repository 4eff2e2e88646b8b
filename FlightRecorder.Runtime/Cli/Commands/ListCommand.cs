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
    private readonly Option<string?> _route = new("--route") { Description = "A glob over the path, or the exact route template.", HelpName = "GLOB" };
    private readonly Option<int?> _status = new("--status") { Description = "The response status.", HelpName = "N" };
    private readonly Option<string?> _outcome = new("--outcome") { Description = "How it ended: completed, failed, aborted or unfinished." };
    private readonly Option<DateTimeOffset?> _since = new("--since")
    {
        Description = "Begun at or after: 30s, 15m, 2h, 3d ago, or a time such as 2026-11-20T08:00Z.",
        HelpName = "TIME",
        CustomParser = Since.Parse,
    };

    private ListCommand(Terminal terminal)
    {
        _terminal = terminal;
        _directory = JournalOption.Create(terminal);
        _postgres = new PostgresOptions(terminal);
        _outcome.AcceptOnlyFromAmong("completed", "failed", "aborted", "unfinished");
        _limit.Validators.Add(result => Check.Range(result, 1, 10_000));
        _status.Validators.Add(result => Check.Range(result, 100, 999));
    }

    public static Command Create(Terminal terminal)
    {
        var list = new ListCommand(terminal);
        var command = new Command("list", "Lists recordings, newest first.")
        {
            list._directory, list._postgres.Connection, list._postgres.Schema, list._json, list._limit, list._route, list._status, list._outcome, list._since,
        };
        command.SetAction(list.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (_postgres.IsChosen(arguments, _directory))
        {
            return await _postgres.ReadAsync(arguments, async reader =>
            {
                Write(arguments, await reader.ListAsync(Query(arguments), cancellationToken).ConfigureAwait(false));
                return ExitCode.Ok;
            }).ConfigureAwait(false);
        }

        var journal = new JournalReader(arguments.GetRequiredValue(_directory));
        var scan = new JournalScan();
        Write(arguments, await journal.ListAsync(Query(arguments), scan, cancellationToken).ConfigureAwait(false));
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

    private RecordingQuery Query(ParseResult arguments) => new()
    {
        Limit = arguments.GetValue(_limit),
        Route = arguments.GetValue(_route),
        Status = arguments.GetValue(_status),
        Outcome = arguments.GetValue(_outcome) is { } outcome ? RecordingWords.Outcome(outcome) : null,
        Since = arguments.GetValue(_since),
    };
}
