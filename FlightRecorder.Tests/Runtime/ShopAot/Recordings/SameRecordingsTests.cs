using System.Text;
using System.Text.Json.Nodes;
using FlightRecorder.Tests.ShopAot.Support;

namespace FlightRecorder.Tests.ShopAot.Recordings;

/// <summary>The same requests, sent to the same source compiled ahead of time and just in time.</summary>
[Category("Aot")]
internal sealed class SameRecordingsTests
{
    private static readonly Build[] Builds = [Build.Aot, Build.Jit];

    private readonly Dictionary<Build, Telling> _told = [];

    [OneTimeSetUp]
    public async Task TellBoth()
    {
        foreach (Build build in Builds)
        {
            _told[build] = await Telling.OfAsync(build);
        }
    }

    [TestCaseSource(typeof(Story), nameof(Story.RequestIds))]
    public void A_recording_is_the_same_however_the_app_was_compiled(string requestId)
        => Assert.That(LineDifference.Of(Comparable(Build.Jit, requestId), Comparable(Build.Aot, requestId)), Is.Empty, "- just in time, + ahead of time");

    [TestCaseSource(nameof(Builds))]
    public void The_journal_holds_each_marked_request_once_in_order_and_nothing_else(object build)
        => Assert.That(Of(build).Lines.Select(JournalText.RequestIdOf), Is.EqualTo(Story.RequestIds));

    [TestCaseSource(nameof(Builds))]
    public void The_shop_stops_cleanly(object build) => Assert.That(Of(build).ExitCode, Is.Zero);

    [Test]
    public void No_secret_is_in_any_file_of_the_journal_in_any_encoding(
        [ValueSource(nameof(Builds))] object build,
        [Values(Story.Phone, Story.GoodCard, Story.DeclinedCard, Story.Cvv)] string secret)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(secret);
        string[] forms = [secret, Convert.ToHexString(utf8), Convert.ToBase64String(utf8).TrimEnd('='), Uri.EscapeDataString(secret), string.Concat(utf8.Select(b => $"%{b:X2}"))];
        Assert.That(Of(build).Files, Is.Not.Empty);
        foreach ((string name, byte[] bytes) in Of(build).Files)
        {
            Assert.That(forms.Where(form => Encoding.UTF8.GetString(bytes).Contains(form, StringComparison.OrdinalIgnoreCase)), Is.Empty, name);
            Assert.That(Encoding.Unicode.GetString(bytes), Does.Not.Contain(secret), name);
        }
    }

    [TestCaseSource(nameof(Builds))]
    public void The_failed_movement_keeps_its_exception_and_is_not_called_committed(object build)
    {
        JsonObject line = Of(build).Line(Story.Failed);
        JsonNode error = line["errors"]!.AsArray().Single()!;
        Assert.That((string?)line["outcome"], Is.EqualTo("failed"));
        Assert.That((string?)error["type"], Is.EqualTo("Npgsql.PostgresException"));
        Assert.That((string?)error["stack"], Does.Contain("ShopAot.Data.StockStore").And.Contain("MoveAsync"));
        Assert.That(Outcomes(build, Story.Failed), Has.Exactly(2).Items.And.None.EqualTo("committed"));
    }

    [TestCaseSource(nameof(Builds))]
    public void The_order_that_went_beyond_the_stock_was_rolled_back(object build)
        => Assert.That(Outcomes(build, Story.BeyondStock), Is.Not.Empty.And.All.EqualTo("rolledBack"));

    [TestCaseSource(nameof(Builds))]
    public void The_order_was_written_in_one_committed_transaction(object build)
    {
        Assert.That(Outcomes(build, Story.Placed), Has.Exactly(7).Items.And.All.EqualTo("committed"));
        Assert.That(Of(build).Line(Story.Placed)["mutations"]!.AsArray().Select(row => (string?)row!["transaction"]).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void The_rows_of_a_recording_are_those_of_the_database(
        [ValueSource(nameof(Builds))] object build, [ValueSource(typeof(Story), nameof(Story.RequestIds))] string requestId)
    {
        int request = Story.RequestIds.ToList().IndexOf(requestId);
        IReadOnlyList<ShopRows> rows = Of(build).Rows;
        Assert.That(RowTruth.Contradictions(Of(build).Line(requestId), rows[request], rows[request + 1]), Is.Empty);
    }

    [TestCaseSource(nameof(Builds))]
    public void The_order_and_the_stock_are_shown_before_and_after_each_update(object build)
    {
        string[] quantities = [.. Of(build).Line(Story.Placed)["mutations"]!.AsArray().Where(mutation => (string?)mutation!["table"] == "stock")
            .Select(mutation => $"{mutation!["before"]![0]!["on_hand"]} to {mutation["after"]![0]!["on_hand"]}")];
        Assert.That(quantities, Is.EqualTo(new[] { "40 to 37", "6 to 4" }));
    }

    [TestCaseSource(nameof(Builds))]
    public void The_handler_is_named_with_its_file_and_line(object build)
        => Assert.That((string?)Of(build).Line(Story.Failed)["endpoint"]!["location"], Does.Match(@"^samples/ShopAot/Endpoints/StockEndpoints\.cs:\d+$"));

    private IEnumerable<string?> Outcomes(object build, string requestId)
        => Of(build).Line(requestId)["mutations"]!.AsArray().Select(row => (string?)row!["outcome"]);

    private Telling Of(object build) => _told[(Build)build];

    private string Comparable(Build build, string requestId) => JournalText.Comparable(_told[build].Line(requestId));
}
