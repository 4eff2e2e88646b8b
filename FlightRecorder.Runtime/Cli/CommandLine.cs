using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FlightRecorder.Cli;

/// <summary>The command <c>flightrecorder</c>.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        // No response files: an argument that begins with @ is text like any other.
        ParseResult parsed = Create(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction failure)
        {
            return await RefuseAsync(parsed, failure, args, terminal).ConfigureAwait(false);
        }

        var invocation = new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    // What was typed is repeated, but not a connection string.
    private static async Task<int> RefuseAsync(ParseResult parsed, ParseErrorAction failure, string[] args, Terminal terminal)
    {
        // The error says what is allowed; the help would bury it, and on the wrong stream.
        failure.ShowHelp = false;
        using var said = new StringWriter { NewLine = terminal.Error.NewLine };
        int exitCode = await parsed.InvokeAsync(new InvocationConfiguration { Output = terminal.Output, Error = said }).ConfigureAwait(false);
        await terminal.Error.WriteAsync(TypedSecrets.Hide(said.ToString(), args)).ConfigureAwait(false);
        return exitCode;
    }

    // Not a RootCommand: that would be named after the assembly instead of the tool.
    private static Command Create(Terminal terminal) => new("flightrecorder", "Reads and keeps the journals of FlightRecorder.")
    {
        new HelpOption(),
        new VersionOption(),
        ListCommand.Create(terminal),
        ShowCommand.Create(terminal),
        PromptCommand.Create(terminal),
        TailCommand.Create(terminal),
        StatusCommand.Create(terminal),
        VerifyCommand.Create(terminal),
        PruneCommand.Create(terminal),
        ShipCommand.Create(terminal),
        DeadLetterCommand.Create(terminal),
        DbCommand.Create(terminal),
    };
}
