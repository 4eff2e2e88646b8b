using System.Globalization;
using FlightRecorder.Tests.ShopAot.Support;
using FlightRecorder.Tests.Support;
using Npgsql;

namespace FlightRecorder.Tests.ShopAot.Store;

/// <summary>The sample compiled ahead of time, whose recordings go on to PostgreSQL.</summary>
[Category("Aot")]
internal sealed class StoreTests
{
    private NpgsqlDataSource _store = null!;
    private IReadOnlyList<string?> _journal = [];
    private int _exitCode;

    [OneTimeSetUp]
    public async Task TellAsync()
    {
        Build.Aot.Require();
        Build.Store.Require();
        await WriteFigureAsync();
        string database = await PostgreSqlSetUp.Cluster.CreateDatabaseAsync();
        _store = NpgsqlDataSource.Create(database);
        await using ShopProcess shop = await ShopProcess.StartAsync(Build.Store, ("ConnectionStrings__flight", database));
        await Story.TellAsync(shop.Client);
        _exitCode = await shop.StopAsync();
        _journal = [.. JournalText.Lines(shop.Journal).Select(JournalText.RequestIdOf)];
    }

    [OneTimeTearDown]
    public ValueTask CloseAsync() => _store?.DisposeAsync() ?? default;

    [Test]
    public async Task Each_marked_request_is_in_the_store_once_and_nothing_else()
    {
        Assert.That(_exitCode, Is.Zero);
        Assert.That(_journal, Is.EqualTo(Story.RequestIds));
        Assert.That(await TextAsync("SELECT string_agg(request_id, ' ' ORDER BY started_at) FROM flight_recorder_sessions"), Is.EqualTo(string.Join(' ', Story.RequestIds)));
    }

    [TestCase(Story.Placed, "7 committed")]
    [TestCase(Story.Failed, null)]
    public async Task Changes_are_rows_with_their_outcome(string requestId, string? committed)
        => Assert.That(await TextAsync($"""
            SELECT count(*) || ' ' || m.outcome FROM flight_recorder_db_mutations m JOIN flight_recorder_sessions s USING (started_at, session_id)
            WHERE s.request_id = '{requestId}' AND m.outcome = 'committed' GROUP BY m.outcome
            """), Is.EqualTo(committed));

    [Test]
    public async Task The_exception_of_the_failed_movement_is_a_row()
        => Assert.That(await TextAsync($"""
            SELECT e.name FROM flight_recorder_errors e JOIN flight_recorder_sessions s USING (started_at, session_id) WHERE s.request_id = '{Story.Failed}'
            """), Is.EqualTo("Npgsql.PostgresException"));

    [Test]
    public async Task No_secret_is_in_any_row([Values(Story.Phone, Story.GoodCard, Story.DeclinedCard)] string secret)
    {
        foreach (string table in new[] { "sessions", "db_mutations", "errors" })
        {
            Assert.That(await TextAsync($"SELECT string_agg(r::text, ' ') FROM flight_recorder_{table} r"), Is.Not.Empty.And.Not.Contain(secret), table);
        }
    }

    // The verb aot ends with this line.
    private static Task WriteFigureAsync()
    {
        long with = new FileInfo(Build.Store.File).Length, without = new FileInfo(Build.Aot.File).Length;
        string folder = Path.Combine(SourceTree.Root, "artifacts", "aot");
        Directory.CreateDirectory(folder);
        return File.WriteAllTextAsync(Path.Combine(folder, "store.txt"), string.Create(CultureInfo.InvariantCulture, $"binary {with} bytes with the PostgreSQL store: +{with - without}\n"));
    }

    private async Task<string?> TextAsync(string sql)
    {
        await using NpgsqlCommand command = _store.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }
}
