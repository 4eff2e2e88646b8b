using System.CommandLine;
using FlightRecorder.PostgreSql;
using Microsoft.Extensions.Logging;

namespace FlightRecorder.Cli;

/// <summary><c>flightrecorder ship DIR</c>: carries a journal to PostgreSQL, beside the app that writes it or after it.</summary>
internal static class ShipCommand
{
    public static Command Create(Terminal terminal)
    {
        var directory = new Argument<string>("DIR") { Description = "The journal directory." };
        var postgres = new PostgresOptions(terminal);
        var once = new Option<bool>("--once") { Description = "Send what is there and end, instead of waiting for more." };
        Option<int> maxAge = MaxAgeOption.Create();
        var command = new Command("ship", "Carries a journal to PostgreSQL.") { directory, postgres.Connection, postgres.Schema, once, maxAge };
        command.SetAction((arguments, cancellationToken) => postgres.RunAsync(
            arguments,
            connections => ShipAsync(terminal, arguments.GetRequiredValue(directory), connections, arguments.GetValue(once), cancellationToken),
            options => options.MaxAge = TimeSpan.FromDays(arguments.GetValue(maxAge))));
        return command;
    }

    private static async Task<int> ShipAsync(Terminal terminal, string directory, PostgresConnections connections, bool once, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory))
        {
            terminal.Error.WriteLine($"There is no journal in {SafeText.Short(directory)}.");
            return ExitCode.NotFound;
        }

        var shipper = new Shipper(Path.GetFullPath(directory), connections, new ErrorLog(terminal));
        await using (shipper.ConfigureAwait(false))
        {
            if (once)
            {
                await shipper.ShipAsync(cancellationToken).ConfigureAwait(false);
                if (!shipper.IsTheSender)
                {
                    terminal.Error.WriteLine("Another process sends from this directory.");
                    return ExitCode.Unavailable;
                }
            }
            else
            {
                await shipper.RunAsync(cancellationToken).ConfigureAwait(false);
            }

            SendCounters counters = shipper.State.Counters;
            terminal.Output.WriteLine($"{counters.Stored} stored, {counters.Known} there already, {counters.Dead} dead letters, {counters.Expired} too old.");
        }

        return ExitCode.Ok;
    }

    /// <summary>Says on the side what the shipper has to say.</summary>
    private sealed class ErrorLog(Terminal terminal) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            terminal.Error.WriteLine(SafeText.Lines(formatter(state, exception)).TrimEnd());
            terminal.Error.Flush();
        }
    }
}
