using System.CommandLine;
using FlightRecorder.PostgreSql;

namespace FlightRecorder.Cli;

/// <summary><c>flightrecorder db status|up|down|sql</c>: the tables of a PostgreSQL store.</summary>
internal static class DbCommand
{
    public static Command Create(Terminal terminal) => new("db", "Looks at the tables of a PostgreSQL store, and changes their version.")
    {
        Status(terminal), Up(terminal), Down(terminal), Sql(terminal),
    };

    private static Command Status(Terminal terminal)
    {
        var postgres = new PostgresOptions(terminal);
        var command = new Command("status", "Shows the version of the tables; exit code 1 when it is not the one of this tool.") { postgres.Connection, postgres.Schema };
        command.SetAction((arguments, cancellationToken) => postgres.RunAsync(arguments, async connections =>
        {
            SchemaState state = await Installer(connections).StatusAsync(cancellationToken).ConfigureAwait(false);
            terminal.Output.WriteLine(Describe(connections, state));
            return state.Version == Migrations.Latest && !state.IsForeign ? ExitCode.Ok : ExitCode.NotFound;
        }));
        return command;
    }

    private static Command Up(Terminal terminal)
    {
        var postgres = new PostgresOptions(terminal);
        var command = new Command("up", "Makes the tables, or brings them to the version of this tool.") { postgres.Connection, postgres.Schema };
        command.SetAction((arguments, cancellationToken) => postgres.RunAsync(arguments, async connections =>
        {
            terminal.Output.WriteLine(Describe(connections, await Installer(connections).UpAsync(cancellationToken).ConfigureAwait(false)));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Down(Terminal terminal)
    {
        var postgres = new PostgresOptions(terminal);
        var to = new Option<int>("--to") { Description = $"The version to go back to, 0 to {Migrations.Latest}.", HelpName = "N", Required = true };
        var force = new Option<bool>("--force") { Description = "Needed for version 0, which removes the tables with all recordings in them." };
        to.Validators.Add(result => Check.Range(result, 0, Migrations.Latest));
        var command = new Command("down", "Takes the tables back to an earlier version.") { postgres.Connection, postgres.Schema, to, force };
        command.SetAction((arguments, cancellationToken) => postgres.RunAsync(arguments, async connections =>
        {
            int version = arguments.GetValue(to);
            if (version == 0 && !arguments.GetValue(force))
            {
                terminal.Error.WriteLine("Version 0 removes the tables with all recordings in them: say --force.");
                return ExitCode.NotFound;
            }

            terminal.Output.WriteLine(Describe(connections, await Installer(connections).DownAsync(version, cancellationToken).ConfigureAwait(false)));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Sql(Terminal terminal)
    {
        var postgres = new PostgresOptions(terminal);
        var from = new Option<int?>("--from") { Description = "The version to begin at. Default: 0, or the latest with --down.", HelpName = "N" };
        var down = new Option<bool>("--down") { Description = "The way back instead." };
        from.Validators.Add(result => Check.Range(result, 0, Migrations.Latest));
        var command = new Command("sql", "Prints the statements, to be run by hand in one transaction; connects to nothing.") { postgres.Schema, from, down };
        command.SetAction(arguments =>
        {
            SchemaName schema = SchemaName.Of(arguments.GetRequiredValue(postgres.Schema));
            terminal.Output.Write(arguments.GetValue(down)
                ? MigrationScript.Down(schema, arguments.GetValue(from) ?? Migrations.Latest, 0)
                : MigrationScript.Up(schema, arguments.GetValue(from) ?? 0, Migrations.Latest));
            return ExitCode.Ok;
        });
        return command;
    }

    private static SchemaInstaller Installer(PostgresConnections connections) => new(connections, SchemaName.Of(connections.Options.SchemaName));

    private static string Describe(PostgresConnections connections, SchemaState state)
    {
        string place = $"{SafeText.Short(connections.Place)}, schema {SafeText.Short(connections.Options.SchemaName)}";
        return state switch
        {
            { IsForeign: true } => $"{place}: tables of our names that FlightRecorder did not make",
            { Version: 0 } => $"{place}: no tables; version {Migrations.Latest} is the latest",
            _ => $"{place}: version {state.Version} of {Migrations.Latest}",
        };
    }
}
