using System.CommandLine;

namespace FlightRecorder.Cli;

/// <summary>The options that narrow what is listed or followed; all must hold.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string?> _route = new("--route") { Description = "A glob over the path, or the exact route template.", HelpName = "GLOB" };
    private readonly Option<int?> _status = new("--status") { Description = "The response status.", HelpName = "N" };
    private readonly Option<string?> _outcome = new("--outcome") { Description = "How it ended: completed, failed, aborted or unfinished." };
    private readonly Option<string?> _actor = new("--actor") { Description = "The id of the actor.", HelpName = "ID" };
    private readonly Option<string?> _error = new("--error") { Description = "Words that one of its errors has, all of them, in its type or message.", HelpName = "TEXT" };
    private readonly Option<string?> _text = new("--text") { Description = "Text anywhere in the recording, in any case.", HelpName = "TEXT" };
    private readonly Option<DateTimeOffset?> _since = new("--since")
    {
        Description = "Begun at or after: 30s, 15m, 2h, 3d ago, or a time such as 2026-11-20T08:00Z.",
        HelpName = "TIME",
        CustomParser = Since.Parse,
    };
    private readonly Option<DateTimeOffset?> _until = new("--until") { Description = "Begun before, said in the same ways.", HelpName = "TIME", CustomParser = Since.Parse };

    public FilterOptions()
    {
        _outcome.AcceptOnlyFromAmong("completed", "failed", "aborted", "unfinished");
        _status.Validators.Add(result => Check.Range(result, 100, 999));
        _error.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } text }] && ErrorSearch.Fault(text) is { } fault)
            {
                result.AddError($"--error is \"{SafeText.Short(text)}\", which {fault}.");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _route, _status, _outcome, _actor, _error, _text, _since, _until })
        {
            command.Add(option);
        }
    }

    public JournalFilter Read(ParseResult arguments, int limit) => new(
        new RecordingQuery
        {
            Limit = limit,
            Route = arguments.GetValue(_route),
            Status = arguments.GetValue(_status),
            Outcome = arguments.GetValue(_outcome) is { } outcome ? RecordingWords.Outcome(outcome) : null,
            ActorId = arguments.GetValue(_actor),
            ErrorText = arguments.GetValue(_error),
            Since = arguments.GetValue(_since),
            Until = arguments.GetValue(_until),
        },
        arguments.GetValue(_text));
}
