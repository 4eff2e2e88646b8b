using System.CommandLine;
using FlightRecorder.PostgreSql;
using Npgsql;

namespace FlightRecorder.Cli;

/// <summary>The options that name a PostgreSQL store, and what is done over one; the same for each command.</summary>
internal sealed class PostgresOptions
{
    private readonly Terminal _terminal;

    public PostgresOptions(Terminal terminal)
    {
        _terminal = terminal;
        Schema.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } name }] && SchemaName.Fault(name) is { } allowed)
            {
                result.AddError($"--schema is \"{SafeText.Short(name)}\"; allowed: {allowed}.");
            }
        });
    }

    public Option<string?> Connection { get; } = new("--postgres")
    {
        Description = "The connection string of a PostgreSQL store. Default: $FLIGHTRECORDER_POSTGRES, which other users of the machine cannot see.",
        HelpName = "CONNECTION",
    };

    public Option<string> Schema { get; } = new("--schema") { Description = "The schema of its tables.", HelpName = "NAME", DefaultValueFactory = _ => "public" };

    /// <summary>Whether to read from PostgreSQL: it was named, or the environment names it and no journal was named.</summary>
    public bool IsChosen(ParseResult arguments, Option<string> directory)
        => arguments.GetValue(Connection) is not null || (_terminal.Postgres is not null && arguments.GetResult(directory) is null or { Implicit: true });

    /// <summary>Does something over the store; its failure is one line, without the connection string.</summary>
    public async Task<int> RunAsync(ParseResult arguments, Func<PostgresConnections, Task<int>> work, Action<PostgresStoreOptions>? configure = null)
    {
        if ((arguments.GetValue(Connection) ?? _terminal.Postgres) is not { } connection)
        {
            await _terminal.Error.WriteLineAsync("No PostgreSQL store is named: give --postgres, or set FLIGHTRECORDER_POSTGRES.").ConfigureAwait(false);
            return ExitCode.NotFound;
        }

        try
        {
            var options = new PostgresStoreOptions { SchemaName = arguments.GetRequiredValue(Schema) };
            configure?.Invoke(options);
            await using PostgresConnections connections = PostgresConnections.To(connection, options);
            return await work(connections).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or SchemaRefusedException or FlightRecorderConfigurationException or TimeoutException)
        {
            string reason = error is NpgsqlException ? Rejection.Describe(error) : error.Message;
            await _terminal.Error.WriteLineAsync(SafeText.Lines(reason).TrimEnd()).ConfigureAwait(false);
            return ExitCode.Unavailable;
        }
    }

    public Task<int> ReadAsync(ParseResult arguments, Func<PostgresReader, Task<int>> read)
        => RunAsync(arguments, connections => read(new PostgresReader(connections)));

    /// <summary>Finds the recording that a person named and hands it on, or says why not.</summary>
    public Task<int> FindAsync(ParseResult arguments, string typed, Func<PostgresReader, Recording, Task> found, CancellationToken cancellationToken)
        => ReadAsync(arguments, async reader =>
        {
            IdLookup lookup = IdPrefix.TryParse(typed, out IdPrefix prefix) ? await reader.FindAsync(prefix, cancellationToken).ConfigureAwait(false) : IdLookup.None;
            if (lookup.Found is { } recording)
            {
                await found(reader, recording).ConfigureAwait(false);
                return ExitCode.Ok;
            }

            return NotFound(typed, lookup);
        });

    private int NotFound(string typed, IdLookup lookup)
    {
        var page = new Page(_terminal.Error, hasColor: false);
        if (lookup.IsAmbiguous)
        {
            page.Line($"Several recordings begin with {SafeText.Short(typed)}:");
            SummaryTable.WriteCandidates(page, lookup.Candidates);
            return ExitCode.Ambiguous;
        }

        page.Line($"No recording begins with \"{SafeText.Short(typed)}\" in the store.");
        return ExitCode.NotFound;
    }
}
