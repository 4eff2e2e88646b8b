using System.Text.RegularExpressions;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Shop;

/// <summary>The shop from the first request to the prompt of the failed one.</summary>
internal sealed class ShopJournalTests
{
    private ShopProcess _shop = null!;
    private IReadOnlyList<Recording> _recordings = [];
    private int _exitCode;

    [OneTimeSetUp]
    public async Task LetTheShopRunAndStop()
    {
        _shop = await ShopProcess.StartAsync();
        await ShopStory.TellAsync(_shop.Client);
        _exitCode = await _shop.StopAsync();
        _recordings = await ShopJournal.ReadAsync(_shop.Journal);
    }

    [OneTimeTearDown]
    public async Task RemoveIt()
    {
        if (_shop is { } shop)
        {
            await shop.DisposeAsync();
        }
    }

    [Test]
    public void The_shop_stops_cleanly() => Assert.That(_exitCode, Is.Zero);

    [Test]
    public void The_journal_holds_each_marked_request_once_and_nothing_else()
        => Assert.That(_recordings.Select(recording => recording.RequestId), Is.EquivalentTo(ShopStory.RequestIds));

    [TestCase(ShopStory.Password)]
    [TestCase(ShopStory.GoodCard)]
    [TestCase(ShopStory.DeclinedCard)]
    [TestCase(ShopStory.Badge)]
    public Task No_secret_is_in_any_file_of_the_journal_in_any_encoding(string secret)
        => ShopJournal.AssertHidesAsync(_shop.Probe, secret);

    [Test]
    public void A_number_that_the_answer_echoes_is_scrubbed_there()
    {
        string answer = Of(ShopStory.Declined).Response!.Body.Value.GetProperty("error").GetProperty("message").GetString()!;
        Assert.That(answer, Does.StartWith("Card ").And.Contain("was declined by its issuer").And.Not.Contain(ShopStory.DeclinedCard));
    }

    [Test]
    public void The_password_is_hidden_and_its_neighbours_are_not()
    {
        var body = Of("story-01").Request!.Body.Value;
        Assert.That(body.GetProperty("password").GetString(), Is.EqualTo("[REDACTED]"));
        Assert.That(body.GetProperty("name").GetString(), Is.EqualTo("Ada"));
    }

    [Test]
    public void The_order_committed_too_small_a_reservation()
    {
        RecordedMutation stock = Of(ShopStory.Cause).Mutations.Single(mutation => mutation.Table == "stock");
        Assert.That(stock.Outcome, Is.EqualTo(MutationOutcome.Committed));
        Assert.That((stock.Before.GetProperty("Reserved").GetInt32(), stock.After.GetProperty("Reserved").GetInt32()), Is.EqualTo((0, 3)));
    }

    [Test]
    public void The_shipping_was_rolled_back_with_its_row_before_and_after()
    {
        RecordedMutation stock = Of(ShopStory.Effect).Mutations.Single(mutation => mutation.Table == "stock");
        Assert.That(stock.Outcome, Is.EqualTo(MutationOutcome.RolledBack));
        Assert.That((stock.Before.GetProperty("Reserved").GetInt32(), stock.After.GetProperty("Reserved").GetInt32()), Is.EqualTo((3, -2)));
    }

    [Test]
    public void The_failed_shipping_keeps_the_exception_that_the_app_handled()
    {
        Recording effect = Of(ShopStory.Effect);
        Assert.That(effect.Outcome, Is.EqualTo(RecordingOutcome.Failed));
        Assert.That(effect.Response!.Status, Is.EqualTo(500));
        Assert.That(effect.Errors.Select(error => error.Type), Does.Contain("Microsoft.EntityFrameworkCore.DbUpdateException"));
    }

    [Test]
    public void The_prompt_names_the_handler_with_file_and_line()
    {
        Match place = Regex.Match(Prompt(), @"handler OrdersController\.Ship[^\n]*: (samples/Shop/Controllers/OrdersController\.cs):(\d+)");
        Assert.That(place.Success, Is.True, Prompt());
        string[] source = File.ReadAllLines(Path.Combine(SourceTree.Root, place.Groups[1].Value));
        int line = int.Parse(place.Groups[2].Value);
        Assert.That(string.Join('\n', source[(line - 1)..(line + 1)]), Does.Contain(" Ship("));
    }

    [Test]
    public void The_prompt_shows_the_row_and_the_statement()
    {
        Assert.That(Prompt(), Does.Match(@"Reserved +\| 3 +\| -2"));
        Assert.That(Prompt(), Does.Contain("UPDATE stock SET"));
        Assert.That(Prompt(), Does.Contain("update stock (StockItem) {\"ProductId\":3}, rolledBack"));
    }

    [Test]
    public void The_prompt_names_the_order_that_wrote_the_row()
    {
        Assert.That(Prompt(), Does.Contain($"R1 POST /api/orders → 201 (completed), recording {Of(ShopStory.Cause).Id}"));
        Assert.That(Prompt(), Does.Match(@"Reserved +\| 0 +\| 3"));
    }

    [Test]
    public void The_prompt_holds_no_secret()
        => Assert.That(Prompt(), Does.Not.Contain(ShopStory.Password).And.Not.Contain(ShopStory.GoodCard).And.Not.Contain(ShopStory.DeclinedCard));

    private string Prompt() => PromptWriter.Write(Of(ShopStory.Effect), new PromptOptions { Related = _recordings });

    private Recording Of(string requestId) => _recordings.Single(recording => recording.RequestId == requestId);
}
