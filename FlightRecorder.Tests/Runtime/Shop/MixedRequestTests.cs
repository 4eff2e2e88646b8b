using System.Net;

namespace FlightRecorder.Tests.Shop;

/// <summary>One request, two ways to one database: returning an order books the goods with Dapper and saves the order with EF Core.</summary>
internal sealed class MixedRequestTests
{
    private ShopProcess _shop = null!;
    private IReadOnlyList<Recording> _recordings = [];

    [OneTimeSetUp]
    public async Task ReturnAnOrder()
    {
        _shop = await ShopProcess.StartAsync();
        await SellAsync();
        await _shop.ExecuteAsync("ALTER TABLE orders ADD CONSTRAINT ck_nothing_returned CHECK (status <> 'Returned')");
        await _shop.SendAsync(HttpStatusCode.InternalServerError, "POST", "/api/orders/1/return", ShopStory.Return, "half");
        await _shop.ExecuteAsync("ALTER TABLE orders DROP CONSTRAINT ck_nothing_returned");
        await _shop.SendAsync(HttpStatusCode.OK, "POST", "/api/orders/1/return", ShopStory.Return, "rest");
        await _shop.SendAsync(HttpStatusCode.OK, "POST", "/api/orders/2/return", ShopStory.Return, "whole");
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
    public void The_writes_of_both_stand_in_the_order_they_were_made()
        => Assert.That(Writes("whole"), Is.EqualTo(new[]
        {
            "adonet insert stock_movements Committed 1",
            "adonet update stock Committed 1",
            "efcore update orders Committed 1",
        }));

    [Test]
    public void Each_has_an_outcome_of_its_own()
        => Assert.That(Writes("half"), Is.EqualTo(new[]
        {
            "adonet insert stock_movements Committed 1",
            "adonet update stock Committed 1",
            "efcore update orders RolledBack ",
        }));

    [Test]
    public void Asked_again_the_goods_are_not_booked_twice()
        => Assert.That(Writes("rest"), Is.EqualTo(new[]
        {
            "adonet insert stock_movements Committed 0",
            "efcore update orders Committed 1",
        }));

    [Test]
    public void The_timeline_holds_the_statements_of_both()
    {
        RecordedEntry[] commands = [.. Of("whole").Timeline.Where(entry => entry.Sql is not null)];
        Assert.That(commands.Select(command => command.Sql![..command.Sql!.IndexOfAny([' ', '\n'])]), Is.EqualTo(new[] { "SELECT", "INSERT", "UPDATE", "UPDATE" }));
        Assert.That(commands.Select(command => command.AtUs), Is.Ordered);
        Assert.That(commands[1].Sql, Does.Contain("stock_movements"));
        Assert.That(commands[3].Sql, Does.StartWith("UPDATE orders"));
    }

    [Test]
    public void What_was_updated_has_rows_by_either_way_and_a_gap_says_what_has_none()
    {
        RecordedMutation stock = Of("whole").Mutations[1];
        Assert.That(stock.After[0].GetProperty("on_hand").GetInt32() - stock.Before[0].GetProperty("on_hand").GetInt32(), Is.EqualTo(2));
        Assert.That(stock.Changed, Is.EqualTo(new[] { "on_hand" }));
        RecordedMutation order = Of("whole").Mutations[^1];
        Assert.That((order.Before.GetProperty("Status").GetString(), order.After.GetProperty("Status").GetString()), Is.EqualTo(("Shipped", "Returned")));
        Assert.That(Of("whole").Gaps.Single(gap => gap.What == "mutations.rows").Why, Does.Contain("INSERT"));
    }

    [Test]
    public void The_prompt_tells_what_lasted_from_what_did_not()
    {
        string prompt = PromptWriter.Write(Of("half"), new PromptOptions { Related = _recordings });
        Assert.That(prompt, Does.Match(@"update stock \{""product_id"":1\}, committed"));
        Assert.That(prompt, Does.Match(@"update orders \(Order\) \{""Id"":1\}, rolledBack"));
    }

    [Test]
    public Task No_badge_is_in_any_file_of_the_journal() => ShopJournal.AssertHidesAsync(_shop.Probe, ShopStory.Badge);

    private async Task SellAsync()
    {
        const string order = """{"customer_id":1,"lines":[{"product_id":1,"quantity":2}]}""";
        const string card = $$"""{"card_number":"{{ShopStory.GoodCard}}","cvv":"737","expires":"12/29"}""";
        await _shop.SendAsync(HttpStatusCode.Created, "POST", "/api/customers", ShopStory.Customer, "customer");
        for (int id = 1; id <= 2; id++)
        {
            await _shop.SendAsync(HttpStatusCode.Created, "POST", "/api/orders", order, $"placed-{id}");
            await _shop.SendAsync(HttpStatusCode.OK, "POST", $"/api/orders/{id}/payments", card, $"paid-{id}");
            await _shop.SendAsync(HttpStatusCode.OK, "POST", $"/api/orders/{id}/ship", null, $"shipped-{id}");
        }
    }

    private string[] Writes(string requestId)
        => [.. Of(requestId).Mutations.Select(mutation => $"{mutation.Source} {mutation.Operation} {mutation.Table} {mutation.Outcome} {mutation.Rows}")];

    private Recording Of(string requestId) => _recordings.Single(recording => recording.RequestId == requestId);
}
