using FlightRecorder.Tests.Support;
using FlightRecorder.Tests.Support.PostgreSql;

namespace FlightRecorder.Tests.Cli;

/// <summary>The commands over a server: what the journal shows, PostgreSQL shows.</summary>
public sealed class PostgresStoreTests
{
    private PostgreSqlCluster _cluster = null!;
    private CliRig _rig = null!;
    private string _database = "";

    [OneTimeSetUp]
    public async Task FillAsync()
    {
        _cluster = await PostgreSqlCluster.StartAsync();
        _database = await _cluster.CreateDatabaseAsync();
        _rig = new CliRig(LineBuilder.Request(1), LineBuilder.Request(2, status: 500, outcome: "failed"), Samples.Failing(3));
        Assert.That(await RunAsync("ship", _rig.Directory.Path, "--once", "--max-age", "3653"), Is.Zero, _rig.Error);
        Assert.That(_rig.Output, Does.StartWith("3 stored, 0 there already"));
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        _rig.Dispose();
        await _cluster.DisposeAsync();
    }

    [TestCase("list")]
    [TestCase("list", "--status", "500", "--json")]
    [TestCase("list", "--error", "stock of tea", "--json")]
    [TestCase("list", "--error", "Npgsql.PostgresException: 23514")]
    [TestCase("show", "00000002")]
    [TestCase("show", "00000002", "--json")]
    public async Task The_output_is_that_of_the_journal(params string[] command)
    {
        await _rig.RunAsync(command);
        string expected = _rig.Output;

        int exitCode = await RunAsync(command);

        Assert.That(exitCode, Is.Zero, _rig.Error);
        Assert.That(_rig.Output, Is.EqualTo(expected).And.Not.Empty);
    }

    [Test]
    public async Task A_prompt_is_written()
    {
        Assert.That(await RunAsync("prompt", "00000002"), Is.Zero);
        Assert.That(_rig.Output, Does.Contain("/orders/1"));
    }

    [Test]
    public async Task A_beginning_that_several_have_is_answered_with_a_list()
    {
        Assert.That(await RunAsync("show", "0000"), Is.EqualTo(2));
        Assert.That(_rig.Error, Does.Contain("00000001").And.Contain("00000002"));
    }

    [Test]
    public async Task The_version_is_shown()
    {
        Assert.That(await RunAsync("db", "status"), Is.Zero);
        Assert.That(_rig.Output, Does.Contain("version 4 of 4"));
    }

    [Test]
    public async Task The_tables_go_down_and_up()
    {
        string other = await _cluster.CreateDatabaseAsync();
        foreach ((string[] command, string expected) in new (string[], string)[]
        {
            (["db", "up"], "version 4 of 4"), (["db", "down", "--to", "1"], "version 1 of 4"), (["db", "up"], "version 4 of 4"),
            (["db", "down", "--to", "0", "--force"], "no tables"),
        })
        {
            Assert.That(await _rig.RunAsync(hasColor: false, [.. command, "--postgres", other]), Is.Zero, _rig.Error);
            Assert.That(_rig.Output, Does.Contain(expected));
        }
    }

    private Task<int> RunAsync(params string[] command) => _rig.RunAsync(hasColor: false, [.. command, "--postgres", _database]);
}
