using System.Net;
using System.Text.Json;

namespace FlightRecorder.Tests.Shop;

/// <summary>The sample keeps the rules of a decent backend.</summary>
internal sealed class ShopRulesTests
{
    private ShopProcess _shop = null!;

    [OneTimeSetUp]
    public async Task Start() => _shop = await ShopProcess.StartAsync();

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_shop is { } shop)
        {
            await shop.DisposeAsync();
        }
    }

    [TestCase("GET", "/nowhere", null, 404, "not_found")]
    [TestCase("GET", "/api/orders/999", null, 404, "not_found")]
    [TestCase("GET", "/api/orders/first", null, 404, "not_found")]
    [TestCase("DELETE", "/api/orders/1", null, 405, "method_not_allowed")]
    [TestCase("POST", "/api/orders", null, 415, "unsupported_media_type")]
    [TestCase("POST", "/api/orders", "{\"customer_id\":", 400, "invalid_request")]
    [TestCase("POST", "/api/orders", "{\"customer_id\":1,\"lines\":[]}", 400, "invalid_request")]
    [TestCase("POST", "/api/customers", "{\"email\":\"x\"}", 400, "invalid_request")]
    [TestCase("GET", "/api/orders?customer_id=1&limit=1000", null, 400, "invalid_request")]
    [TestCase("POST", "/api/stock/movements", "{\"product_id\":1,\"quantity\":0,\"reason\":\"damaged\",\"badge\":\"WH-204817\"}", 400, "invalid_request")]
    [TestCase("POST", "/api/stock/movements", "{\"product_id\":1,\"quantity\":1,\"reason\":\"returned\",\"badge\":\"WH-204817\"}", 400, "invalid_request")]
    [TestCase("POST", "/api/stock/movements", "{\"product_id\":99,\"quantity\":1,\"reason\":\"counted\",\"badge\":\"WH-204817\"}", 404, "not_found")]
    [TestCase("POST", "/api/stock/movements", "{\"product_id\":4,\"quantity\":-3,\"reason\":\"damaged\",\"badge\":\"WH-204817\"}", 409, "out_of_stock")]
    [TestCase("POST", "/api/orders/999/return", "{\"badge\":\"WH-204817\"}", 404, "not_found")]
    [TestCase("GET", "/api/stock/1/movements?limit=101", null, 400, "invalid_request")]
    [TestCase("GET", "/api/reports/sales?from=2026-01-01", null, 400, "invalid_request")]
    [TestCase("GET", "/api/reports/sales?from=2026-01-02&to=2026-01-01", null, 400, "invalid_request")]
    [TestCase("GET", "/api/reports/sales?from=2025-01-01&to=2026-01-02", null, 400, "invalid_request")]
    [TestCase("GET", "/api/reports/low-stock?threshold=-1", null, 400, "invalid_request")]
    public async Task Every_error_has_the_same_envelope(string method, string path, string? body, int status, string code)
    {
        using HttpResponseMessage response = await _shop.Client.SendAsync(ShopStory.Request(method, path, body, "rule-1"));
        JsonElement error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(error.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo(code));
        Assert.That(error.GetProperty("error").GetProperty("message").GetString(), Is.Not.Empty);
        Assert.That(error.GetProperty("request_id").GetString(), Is.EqualTo("rule-1"));
        Assert.That(response.Headers.GetValues("x-request-id"), Is.EqualTo(new[] { "rule-1" }));
    }

    [TestCase(null)]
    [TestCase("with blank")]
    public async Task A_missing_or_unsound_request_id_is_made_up(string? requestId)
    {
        using HttpResponseMessage response = await _shop.Client.SendAsync(ShopStory.Request("GET", "/health/live", null, requestId));
        Assert.That(Guid.TryParse(response.Headers.GetValues("x-request-id").Single(), out _), Is.True);
    }

    [TestCase("/health/live", "live")]
    [TestCase("/health/ready", "ready")]
    public async Task It_says_that_it_lives_and_that_it_is_ready(string path, string status)
    {
        using HttpResponseMessage response = await _shop.Client.GetAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain($"\"{status}\""));
    }
}
