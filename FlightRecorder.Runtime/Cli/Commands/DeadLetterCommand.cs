using System.CommandLine;
using FlightRecorder.PostgreSql;

namespace FlightRecorder.Cli;

/// <summary><c>flightrecorder dead-letter list|show|retry|purge</c>: the recordings that PostgreSQL refused.</summary>
internal sealed class DeadLetterCommand
{
    private readonly Terminal _terminal;
    private readonly Option<string> _directory;

    private DeadLetterCommand(Terminal terminal)
    {
        _terminal = terminal;
        _directory = JournalOption.Create(terminal);
    }

    public static Command Create(Terminal terminal)
    {
        var letters = new DeadLetterCommand(terminal);
        return new Command("dead-letter", "Looks at the recordings that PostgreSQL refused, sends them again, and deletes them.")
        {
            letters.List(), letters.Show(), letters.Retry(), letters.Purge(),
        };
    }

    private Command List()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object per letter." };
        var command = new Command("list", "Lists the dead letters with their numbers and reasons, oldest first.") { _directory, json };
        command.SetAction(arguments =>
        {
            IReadOnlyList<DeadLetter> letters = File(arguments).Read();
            if (arguments.GetValue(json))
            {
                DeadLetterJson.Write(_terminal.Output, letters);
            }
            else
            {
                DeadLetterPage.WriteList(new Page(_terminal.Output, _terminal.HasColor), letters);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private Command Show()
    {
        var number = new Argument<int>("N") { Description = "The letter's number in the list." };
        var json = new Option<bool>("--json") { Description = "The journal line as indented JSON, where it is a recording." };
        var command = new Command("show", "Shows one dead letter: why it was refused, and the recording.") { number, _directory, json };
        command.SetAction(arguments =>
        {
            if (Chosen(File(arguments).Read(), [arguments.GetRequiredValue(number)]) is not [DeadLetter letter])
            {
                return ExitCode.NotFound;
            }

            if (arguments.GetValue(json) && RecordingParser.TryRead(letter.Line.Span) is { } recording)
            {
                RecordingJson.Write(_terminal.Output, recording);
            }
            else
            {
                DeadLetterPage.Write(new Page(_terminal.Output, _terminal.HasColor), letter);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private Command Retry()
    {
        var numbers = new Argument<int[]>("N") { Description = "The letters' numbers in the list. Default: all.", Arity = ArgumentArity.ZeroOrMore };
        var postgres = new PostgresOptions(_terminal);
        var maxAge = MaxAgeOption.Create();
        var command = new Command("retry", "Sends dead letters again; what is stored then leaves the file. Exit code 4 when some stay.")
        {
            numbers, _directory, postgres.Connection, postgres.Schema, maxAge,
        };
        command.SetAction((arguments, cancellationToken) => postgres.RunAsync(
            arguments,
            connections => GuardAsync(async () =>
            {
                DeadLetterFile file = File(arguments);
                return Chosen(file.Read(), arguments.GetValue(numbers) ?? []) is { } letters
                    ? await RetryAsync(new DeadLetterRetry(file, connections), letters, cancellationToken).ConfigureAwait(false)
                    : ExitCode.NotFound;
            }),
            options => options.MaxAge = TimeSpan.FromDays(arguments.GetValue(maxAge))));
        return command;
    }

    private Command Purge()
    {
        var numbers = new Argument<int[]>("N") { Description = "The letters' numbers in the list.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All of them." };
        var olderThan = new Option<DateTimeOffset?>("--older-than") { Description = "Those refused before: 12h, 7d ago, or a time.", HelpName = "TIME", CustomParser = Since.Parse };
        var command = new Command("purge", "Deletes dead letters. The recordings in them are gone.") { numbers, _directory, all, olderThan };
        command.Validators.Add(result =>
        {
            int ways = (result.GetValue(numbers) is { Length: > 0 } ? 1 : 0) + (result.GetValue(all) ? 1 : 0) + (result.GetResult(olderThan) is null ? 0 : 1);
            if (ways != 1)
            {
                result.AddError("purge needs one of: numbers, --all, --older-than.");
            }
        });
        command.SetAction((arguments, _) => GuardAsync(() =>
        {
            DeadLetterFile file = File(arguments);
            if (Chosen(file.Read(), arguments.GetValue(numbers) ?? []) is not { } letters)
            {
                return Task.FromResult(ExitCode.NotFound);
            }

            DateTimeOffset before = arguments.GetValue(olderThan) ?? DateTimeOffset.MaxValue;
            int removed = file.Remove(letters.Where(letter => letter.At < before).ToHashSet());
            _terminal.Output.WriteLine($"{Units.Count(removed, "dead letter")} deleted.");
            return Task.FromResult(ExitCode.Ok);
        }));
        return command;
    }

    private async Task<int> RetryAsync(DeadLetterRetry retry, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        await retry.SendAsync(letters, cancellationToken).ConfigureAwait(false);
        SendCounters counters = retry.Counters;
        _terminal.Output.WriteLine($"{counters.Stored} stored, {counters.Known} there already, {counters.Dead} refused again, {counters.Expired} too old.");
        var page = new Page(_terminal.Error, hasColor: false);
        foreach (string reason in retry.Refusals)
        {
            page.Line("refused: " + reason);
        }

        return counters.Dead + counters.Expired == 0 ? ExitCode.Ok : ExitCode.Undone;
    }

    // Null, and said, when one of the numbers is none.
    private IReadOnlyList<DeadLetter>? Chosen(IReadOnlyList<DeadLetter> letters, int[] numbers)
    {
        foreach (int number in numbers)
        {
            if (number < 1 || number > letters.Count)
            {
                _terminal.Error.WriteLine(letters.Count == 0 ? "There are no dead letters." : $"There is no dead letter {number}; allowed: 1 to {letters.Count}.");
                return null;
            }
        }

        return numbers.Length == 0 ? letters : [.. numbers.Distinct().Select(number => letters[number - 1])];
    }

    private async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error) when (IoFailure.Is(error))
        {
            await _terminal.Error.WriteLineAsync($"The dead letters cannot be changed now: {SafeText.Of(IoFailure.Describe(error))}").ConfigureAwait(false);
            return ExitCode.Undone;
        }
    }

    private DeadLetterFile File(ParseResult arguments) => DeadLetterFile.Of(Path.GetFullPath(arguments.GetRequiredValue(_directory)), TimeProvider.System);
}
