using System.Net;
using System.Text.Json;

namespace FlightRecorder.Tests.Shop;

/// <summary>What Dapper only reads: several results of one command, several types of one row.</summary>
internal sealed class ReportTests
{
    private ShopProcess _shop = null!;
    private IReadOnlyList<Recording> _recordings = [];
    private string _sales = "";
    private string _lowStock = "";

    [OneTimeSetUp]
    public async Task ReadReports()
    {
        string today = DateTime.UtcNow.ToString("yyyy-MM-dd");
        string tomorrow = DateTime.UtcNow.AddDays(1).ToString("yyyy-MM-dd");
        _shop = await ShopProcess.StartAsync();
        await _shop.SendAsync(HttpStatusCode.Created, "POST", "/api/customers", ShopStory.Customer, "customer");
        await _shop.SendAsync(HttpStatusCode.Created, "POST", "/api/orders", """{"customer_id":1,"lines":[{"product_id":1,"quantity":2},{"product_id":2,"quantity":1}]}""", "order");
        _sales = await _shop.SendAsync(HttpStatusCode.OK, "GET", $"/api/reports/sales?from={today}&to={tomorrow}", null, "sales");
        _lowStock = await _shop.SendAsync(HttpStatusCode.OK, "GET", "/api/reports/low-stock?threshold=41&limit=1", null, "low");
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
    public void The_client_gets_every_result()
    {
        JsonElement report = JsonDocument.Parse(_sales).RootElement;
        Assert.That(report.GetProperty("totals").GetRawText(), Is.EqualTo("""{"orders":1,"total_cents":2630}"""));
        Assert.That(report.GetProperty("products").EnumerateArray().Select(product => product.GetProperty("sku").GetString()), Is.EqualTo(new[] { "TEA-100", "CUP-001" }));
        Assert.That(report.GetProperty("best_customers")[0].GetProperty("contact").GetString(), Is.EqualTo("ada@example.com"));
    }

    [Test]
    public void A_row_of_several_types_comes_as_over_a_plain_connection()
        => Assert.That(_lowStock, Is.EqualTo("""[{"product":{"product_id":3,"sku":"POT-001","name":"Teapot"},"level":{"on_hand":40,"reserved":0}}]"""));

    [Test]
    public void Several_results_of_one_command_are_one_query_with_the_rows_of_all()
    {
        RecordedEntry query = Query("sales");
        Assert.That((query.Type, query.Rows), Is.EqualTo(("db.query", (long?)4)));
        Assert.That(query.Parameters.EnumerateObject().Select(parameter => parameter.Name), Is.EquivalentTo(new[] { "from", "until", "returned", "Limit" }));
        Assert.That(Of("sales").Mutations, Is.Empty);
        Assert.That(Of("sales").Gaps, Is.Empty);
    }

    [Test]
    public void A_member_that_the_report_redacts_is_hidden_in_its_recording_only()
    {
        Assert.That(Of("sales").Response!.Body.Value.GetProperty("best_customers")[0].GetProperty("contact").GetString(), Is.EqualTo("[REDACTED]"));
        Assert.That(Of("customer").Response!.Body.Value.GetProperty("email").GetString(), Is.EqualTo("ada@example.com"));
    }

    [Test]
    public void The_parameters_of_a_report_are_those_of_its_query_string()
    {
        RecordedEntry query = Query("low");
        Assert.That(query.Parameters.GetProperty("Threshold").GetInt32(), Is.EqualTo(41));
        Assert.That(query.Parameters.GetProperty("Limit").GetInt32(), Is.EqualTo(1));
        Assert.That(query.Rows, Is.EqualTo(1));
    }

    private RecordedEntry Query(string requestId) => Of(requestId).Timeline.Single(entry => entry.Sql is not null);

    private Recording Of(string requestId) => _recordings.Single(recording => recording.RequestId == requestId);
}
