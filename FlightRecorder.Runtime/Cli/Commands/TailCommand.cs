using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary><c>flightrecorder tail</c>: the latest recordings, and then each that ends, until interrupted.</summary>
internal sealed class TailCommand
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly Terminal _terminal;
    private readonly Option<string> _directory;
    private readonly FilterOptions _filter = new();
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object per line." };
    private readonly Option<int> _limit = new("--limit", "-n") { Description = "Begin with so many that are written already, 0 to 10000.", HelpName = "N", DefaultValueFactory = _ => 10 };

    private TailCommand(Terminal terminal)
    {
        _terminal = terminal;
        _directory = JournalOption.Create(terminal);
        _limit.Validators.Add(result => Check.Range(result, 0, 10_000));
    }

    public static Command Create(Terminal terminal)
    {
        var tail = new TailCommand(terminal);
        var command = new Command("tail", "Writes the latest recordings, then each new one as it ends.") { tail._directory, tail._json, tail._limit };
        tail._filter.AddTo(command);
        command.SetAction(tail.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var reader = new JournalReader(arguments.GetRequiredValue(_directory));
        var scan = new JournalScan();
        int limit = arguments.GetValue(_limit);
        JournalFilter filter = _filter.Read(arguments, limit);
        var follower = new JournalFollower(reader.Directory, filter, scan);

        // In this order what is written in between is met twice, not never.
        follower.SkipToEnd();
        HashSet<Guid> written = WriteLatest(reader, filter, limit, arguments.GetValue(_json), cancellationToken);
        try
        {
            await foreach (RecordingSummary? recording in follower.FollowAsync(s_interval, cancellationToken).ConfigureAwait(false))
            {
                if (recording is not null && !written.Contains(recording.Id))
                {
                    Write(recording, arguments.GetValue(_json));
                }
                else if (recording is null && !Pause())
                {
                    break;
                }
            }
        }
        finally
        {
            ScanNotes.Write(_terminal.Error, reader, scan);
        }

        return ExitCode.Ok;
    }

    private HashSet<Guid> WriteLatest(JournalReader reader, JournalFilter filter, int limit, bool asJson, CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordingSummary> latest = limit == 0 ? [] : reader.List(filter, new JournalScan(), cancellationToken);
        foreach (RecordingSummary recording in latest.Reverse())
        {
            Write(recording, asJson);
        }

        return [.. latest.Select(recording => recording.Id)];
    }

    private void Write(RecordingSummary recording, bool asJson)
    {
        if (asJson)
        {
            SummaryJson.Write(_terminal.Output, [recording]);
        }
        else
        {
            SummaryTable.WriteOne(new Page(_terminal.Output, _terminal.HasColor), recording);
        }
    }

    // What is written is shown; false when nobody reads it any more.
    private bool Pause()
    {
        _terminal.Output.Flush();
        return _terminal.IsRead;
    }
}
