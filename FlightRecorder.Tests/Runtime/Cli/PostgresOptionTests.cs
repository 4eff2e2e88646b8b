namespace FlightRecorder.Tests.Cli;

public sealed class PostgresOptionTests
{
    private const string Away = "Host=127.0.0.1;Port=1;Username=u;Password=hunter2secret;Timeout=2";

    [Test]
    public async Task The_schema_is_printed_without_a_server()
    {
        using var rig = new CliRig();

        int exitCode = await rig.RunAsync(hasColor: false, ["db", "sql", "--schema", "a\"b"]);

        Assert.That(exitCode, Is.Zero);
        Assert.That(rig.Output, Does.StartWith("CREATE SCHEMA IF NOT EXISTS \"a\"\"b\";").And.Contain("flight_recorder_sessions"));
    }

    [Test]
    public async Task The_way_back_is_printed_too()
    {
        using var rig = new CliRig();

        await rig.RunAsync(hasColor: false, ["db", "sql", "--down", "--from", "1"]);

        Assert.That(rig.OutputLines, Has.Length.EqualTo(4).And.All.StartsWith("DROP TABLE"));
    }

    [TestCase("list")]
    [TestCase("db", "status")]
    [TestCase("db", "up")]
    [TestCase("show", "0193")]
    [TestCase("prompt", "0193")]
    public async Task A_server_that_is_away_is_one_line_without_the_password(params string[] command)
    {
        using var rig = new CliRig();

        int exitCode = await rig.RunAsync(hasColor: false, [.. command, "--postgres", Away]);

        Assert.That(exitCode, Is.EqualTo(69));
        Assert.That(rig.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(rig.Error, Does.Contain("refused").And.Not.Contain("hunter2secret"));
    }

    [Test]
    public async Task Tables_are_not_removed_without_force()
    {
        using var rig = new CliRig();

        int exitCode = await rig.RunAsync(hasColor: false, ["db", "down", "--to", "0", "--postgres", Away]);

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(rig.Error, Does.Contain("--force"));
    }

    [Test]
    public async Task A_store_that_nobody_named_is_asked_for()
    {
        using var rig = new CliRig();

        int exitCode = await rig.RunAsync(hasColor: false, ["db", "status"]);

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(rig.Error, Does.Contain("FLIGHTRECORDER_POSTGRES"));
    }

    [Test]
    public async Task A_schema_name_that_cannot_be_is_refused()
    {
        using var rig = new CliRig();

        int exitCode = await rig.RunAsync(hasColor: false, ["db", "sql", "--schema", new string('x', 64)]);

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(rig.Error, Does.Contain("--schema").And.Contain("63 bytes"));
    }
}
