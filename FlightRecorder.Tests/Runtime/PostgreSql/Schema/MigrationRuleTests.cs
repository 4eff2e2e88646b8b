using System.Text.RegularExpressions;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Schema;

public sealed partial class MigrationRuleTests
{
    private static readonly string[] s_ours =
        ["session_id", "request_id", "started_at", "ended_at", "environment", "app_version", "tags", "actor", "request", "response", "timeline", "llm_prompt", "llm_context",
         "outcome", "route", "status", "duration_us", "trace_id", "trigger", "gaps", "endpoint"];

    [Test]
    public void Versions_are_counted_from_one_without_a_gap()
        => Assert.That(Migrations.All.Select(migration => migration.Version), Is.EqualTo(Enumerable.Range(1, Migrations.Latest)));

    [Test]
    public void Each_migration_has_its_way_down()
        => Assert.That(Migrations.All, Has.All.Matches<Migration>(migration => migration.Up.Count > 0 && migration.Down.Count > 0));

    [Test]
    public void Each_migration_names_the_schema_in_each_statement()
        => Assert.That(Migrations.All.SelectMany(migration => migration.Up.Concat(migration.Down)), Has.All.Matches<Sql>(sql => sql.Template.Contains("{schema}.", StringComparison.Ordinal)));

    [Test]
    public void Sql_is_made_of_constants_only()
    {
        string[] faults = [.. Sources().SelectMany(file => Composed().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"))];

        Assert.That(faults, Is.Empty);
    }

    [TestCase("new Sql($\"SELECT {x}\")")]
    [TestCase("new(\"SELECT \" + column)")]
    [TestCase("new NpgsqlCommand($\"SELECT {x}\", connection)")]
    [TestCase("command.CommandText = text;")]
    public void Composed_sql_would_be_found(string source) => Assert.That(Composed().IsMatch(source), Is.True);

    [Test]
    public void One_place_makes_commands()
        => Assert.That(Sources().Where(file => File.ReadAllText(file).Contains("new NpgsqlCommand(", StringComparison.Ordinal)).Select(Path.GetFileName), Is.EqualTo(new[] { "BoundedTransaction.cs" }));

    [TestCase("flight_recorder_db_mutations", "session_id", "started_at", "ordinal", "recorded_at", "source", "model", "operation", "where_json", "args_json", "before_json", "after_json", "outcome", "transaction_id", "changed")]
    [TestCase("flight_recorder_errors", "session_id", "started_at", "ordinal", "name", "message", "stack", "kind", "handled")]
    public async Task A_table_has_the_columns_that_others_read(string table, params string[] columns)
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.Installer.UpAsync(CancellationToken.None);

        Assert.That(columns, Is.SubsetOf(await ColumnsAsync(rig, table)));
    }

    [Test]
    public async Task Sessions_have_the_columns_that_others_read()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.Installer.UpAsync(CancellationToken.None);

        Assert.That(s_ours, Is.SubsetOf(await ColumnsAsync(rig, "flight_recorder_sessions")));
    }

    private static async Task<string[]> ColumnsAsync(StoreRig rig, string table)
        => (await rig.ScalarAsync<string>($"SELECT string_agg(column_name, ',') FROM information_schema.columns WHERE table_name = '{table}'")).Split(',');

    private static IEnumerable<string> Sources()
        => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "FlightRecorder.Runtime", "PostgreSql"), "*.cs", SearchOption.AllDirectories);

    // An interpolated or added-up text that begins like a statement, and texts given to a command other than at its making.
    [GeneratedRegex("""\$"+\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|COPY|SET|GRANT|REVOKE|WITH|LOCK|TRUNCATE)\b|"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|COPY|GRANT|REVOKE|TRUNCATE)\b[^"]*"\s*\+|CommandText\s*=""")]
    private static partial Regex Composed();
}
