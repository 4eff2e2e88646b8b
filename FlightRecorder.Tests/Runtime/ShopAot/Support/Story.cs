using System.Net;
using System.Text;

namespace FlightRecorder.Tests.ShopAot.Support;

/// <summary>A morning in the shop: each endpoint once at least, and every way in which a request of it fails.</summary>
internal static class Story
{
    public const string Phone = "+43-660-5550199";
    public const string GoodCard = "4111111111111111";
    public const string DeclinedCard = "4000000000000002";
    public const string Cvv = "73759";

    /// <summary>The movement that the database refuses.</summary>
    public const string Failed = "story-12";

    /// <summary>The order placed in one transaction.</summary>
    public const string Placed = "story-03";

    /// <summary>The order whose second line asks for more than there is.</summary>
    public const string BeyondStock = "story-04";

    private const string Order = $$"""{"customer":{"name":"Ada","phone":"{{Phone}}"},"lines":[{"sku":"tea","quantity":3},{"sku":"cup","quantity":2}]}""";
    private const string TooMuch = $$"""{"customer":{"name":"Ada","phone":"{{Phone}}"},"lines":[{"sku":"tea","quantity":1},{"sku":"pot","quantity":99}]}""";

    private static readonly (HttpStatusCode Status, string Method, string Path, string? Body)[] Marked =
    [
        (HttpStatusCode.OK, "GET", "/api/stock/tea", null),
        (HttpStatusCode.NotFound, "GET", "/api/stock/coffee", null),
        (HttpStatusCode.Created, "POST", "/api/orders", Order),
        (HttpStatusCode.Conflict, "POST", "/api/orders", TooMuch),
        (HttpStatusCode.BadRequest, "POST", "/api/orders", """{"customer":{"name":"Ada","""),
        (HttpStatusCode.OK, "GET", "/api/orders/1", null),
        (HttpStatusCode.NotFound, "GET", "/api/orders/999", null),
        (HttpStatusCode.PaymentRequired, "POST", "/api/orders/1/payments", $$"""{"card_number":"{{DeclinedCard}}","cvv":"{{Cvv}}","expires":"12/29"}"""),
        (HttpStatusCode.OK, "POST", "/api/orders/1/payments", $$"""{"card_number":"{{GoodCard}}","cvv":"{{Cvv}}","expires":"12/29"}"""),
        (HttpStatusCode.Conflict, "POST", "/api/orders/1/payments", $$"""{"card_number":"{{GoodCard}}","cvv":"{{Cvv}}","expires":"12/29"}"""),
        (HttpStatusCode.OK, "POST", "/api/stock/pot/movements", """{"quantity":8,"reason":"delivery"}"""),
        (HttpStatusCode.InternalServerError, "POST", "/api/stock/pot/movements", """{"quantity":-11}"""),
        (HttpStatusCode.OK, "GET", "/api/stock/pot?why=after%20all", null),
    ];

    public static IReadOnlyList<string> RequestIds { get; } = [.. Enumerable.Range(1, Marked.Length).Select(RequestId)];

    /// <summary>Sends the marked requests in order, with unmarked ones in between.</summary>
    /// <param name="client">Of the shop.</param>
    /// <param name="afterEach">Looks at the shop after each marked request.</param>
    public static async Task TellAsync(HttpClient client, Func<Task>? afterEach = null)
    {
        for (int i = 0; i < Marked.Length; i++)
        {
            (HttpStatusCode status, string method, string path, string? body) = Marked[i];
            using HttpResponseMessage response = await client.SendAsync(Request(method, path, body, RequestId(i + 1)));
            Assert.That(response.StatusCode, Is.EqualTo(status), $"{method} {path}: {await response.Content.ReadAsStringAsync()}");
            await (afterEach?.Invoke() ?? Task.CompletedTask);
            using HttpResponseMessage health = await client.GetAsync("/health");
            Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    public static HttpRequestMessage Request(string method, string path, string? body, string requestId)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "x-request-id", requestId } } };
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return request;
    }

    private static string RequestId(int number) => $"story-{number:00}";
}
