using System.Net;
using System.Text.Json;

namespace FlightRecorder.Tests.Shop;

/// <summary>What Dapper writes and reads over a decorated data source, as the journal tells it.</summary>
internal sealed class StockMovementTests
{
    private const string Insert = "INSERT INTO stock_movements";
    private const string Update = "UPDATE stock SET on_hand = on_hand + @quantity WHERE product_id = @productId";

    private ShopProcess _shop = null!;
    private IReadOnlyList<Recording> _recordings = [];
    private string _shelfAfterRefusal = "";
    private string _movementsAfterRefusal = "";

    [OneTimeSetUp]
    public async Task BookMovements()
    {
        _shop = await ShopProcess.StartAsync();
        await _shop.SendAsync(HttpStatusCode.Created, "POST", "/api/stock/movements", ShopStory.Movement(2, -3), "booked");
        await _shop.SendAsync(HttpStatusCode.Conflict, "POST", "/api/stock/movements", ShopStory.Movement(4, -3), "refused");
        _shelfAfterRefusal = await _shop.SendAsync(HttpStatusCode.OK, "GET", "/api/stock/4", null, "shelf");
        _movementsAfterRefusal = await _shop.SendAsync(HttpStatusCode.OK, "GET", "/api/stock/4/movements", null, "none");
        await _shop.SendAsync(HttpStatusCode.NotFound, "POST", "/api/stock/movements", ShopStory.Movement(99, 1), "unknown");
        await _shop.SendAsync(HttpStatusCode.OK, "GET", "/api/stock/2/movements", null, "listed");

        // The database then quotes the whole row, and the badge with it.
        await _shop.ExecuteAsync("ALTER TABLE stock_movements ADD CONSTRAINT ck_nothing_counted CHECK (reason <> 'counted')");
        await _shop.SendAsync(HttpStatusCode.InternalServerError, "POST", "/api/stock/movements", ShopStory.Movement(2, 1, "counted"), "quoted");
        await _shop.StopAsync();
        _recordings = await _shop.Probe.ListAsync();
    }

    [OneTimeTearDown]
    public async Task RemoveShop()
    {
        if (_shop is { } shop)
        {
            await shop.DisposeAsync();
        }
    }

    [Test]
    public void A_movement_shows_each_statement_with_its_parameters_and_rows()
    {
        RecordedEntry[] commands = Commands("booked");
        Assert.That(commands.Select(command => command.Type), Is.EqualTo(new[] { "db.command", "db.command" }));
        Assert.That(commands[0].Sql, Does.StartWith(Insert));
        Assert.That(commands[1].Sql, Is.EqualTo(Update));
        Assert.That(Value(commands[0].Parameters, "ProductId"), Is.EqualTo("2"));
        Assert.That(Value(commands[0].Parameters, "Reason"), Is.EqualTo("damaged"));
        Assert.That(Value(commands[0].Parameters, "Badge"), Is.EqualTo("[REDACTED]"));
        Assert.That(Value(commands[1].Parameters, "quantity"), Is.EqualTo("-3"));
        Assert.That(commands.Select(command => command.Rows), Is.EqualTo(new long?[] { 1, 1 }));
        Assert.That(commands.Select(command => command.Error), Is.All.Null);
    }

    [Test]
    public void Its_writes_are_committed_in_one_transaction()
    {
        RecordedMutation[] mutations = [.. Of("booked").Mutations];
        Assert.That(Writes("booked"), Is.EqualTo(new[] { "adonet insert stock_movements Committed t1", "adonet update stock Committed t1" }));
        Assert.That(mutations.Select(mutation => mutation.Rows), Is.EqualTo(new long?[] { 1, 1 }));
        Assert.That(mutations[1].Sql, Is.EqualTo(Update));
        Assert.That(Value(mutations[0].Parameters, "Badge"), Is.EqualTo("[REDACTED]"));
        Assert.That(Of("booked").Timeline.Count(entry => entry.Type == "db.mutation"), Is.EqualTo(2));
    }

    [Test]
    public void A_refused_movement_changes_nothing()
    {
        Assert.That(_shelfAfterRefusal, Is.EqualTo("""{"product_id":4,"on_hand":2,"reserved":0}"""));
        Assert.That(_movementsAfterRefusal, Is.EqualTo("[]"));
    }

    [Test]
    public void A_refused_movement_is_rolled_back_as_a_whole()
    {
        Assert.That(Writes("refused"), Is.EqualTo(new[] { "adonet insert stock_movements RolledBack t1", "adonet update stock RolledBack t1" }));
        Assert.That(Commands("refused")[0].Error, Is.Null);
        Assert.That(Commands("refused")[1].Error, Does.StartWith("23514: ").And.Contain("ck_stock_on_hand"));
        Assert.That(Of("refused").Response!.Status, Is.EqualTo(409));
    }

    [Test]
    public void A_movement_of_no_product_is_rolled_back_before_the_shelf_is_touched()
        => Assert.That(Writes("unknown"), Is.EqualTo(new[] { "adonet insert stock_movements RolledBack t1" }));

    [Test]
    public void A_list_of_movements_is_a_query_and_changes_nothing()
    {
        RecordedEntry query = Commands("listed").Single();
        Assert.That((query.Type, query.Rows), Is.EqualTo(("db.query", (long?)1)));
        Assert.That(Value(query.Parameters, "Limit"), Is.EqualTo("20"));
        Assert.That(Of("listed").Mutations, Is.Empty);
        Assert.That(Of("listed").Response!.Body.Value[0].GetProperty("badge").GetString(), Is.EqualTo("[REDACTED]"));
    }

    [Test]
    public void A_secret_that_the_database_quotes_is_scrubbed_there()
    {
        string error = Commands("quoted").Single().Error!;
        Assert.That(error, Does.Contain("Failing row contains").And.Contain("counted").And.Not.Contain(ShopStory.Badge));
        Assert.That(Of("quoted").Errors.Select(thrown => thrown.Type), Does.Contain("Npgsql.PostgresException"));
    }

    [TestCase(ShopStory.Badge)]
    public Task No_secret_is_in_any_file_of_the_journal_in_any_encoding(string secret) => ShopJournal.AssertHidesAsync(_shop.Probe, secret);

    [TestCase("booked", "committed")]
    [TestCase("refused", "rolledBack")]
    public void The_prompt_names_the_writes_and_what_became_of_them(string requestId, string outcome)
    {
        string prompt = PromptWriter.Write(Of(requestId), new PromptOptions { Related = _recordings });
        Assert.That(prompt, Does.Contain($"insert stock_movements, {outcome}").And.Match($@"update stock \{{""product_id"":\d+\}}, {outcome}"));
        Assert.That(prompt, Does.Contain(Insert).And.Contain(Update));
        Assert.That(prompt, Does.Match(@"MovementsController\.Book[^\n]*: samples/Shop/Movements/MovementsController\.cs:\d+"));
        Assert.That(prompt, Does.Not.Contain(ShopStory.Badge));
    }

    private string[] Writes(string requestId)
        => [.. Of(requestId).Mutations.Select(mutation => $"{mutation.Source} {mutation.Operation} {mutation.Table} {mutation.Outcome} {mutation.Transaction}")];

    private RecordedEntry[] Commands(string requestId) => [.. Of(requestId).Timeline.Where(entry => entry.Type is "db.query" or "db.command")];

    private Recording Of(string requestId) => _recordings.Single(recording => recording.RequestId == requestId);

    private static string Value(JsonElement parameters, string name) => parameters.GetProperty(name).ToString();
}
