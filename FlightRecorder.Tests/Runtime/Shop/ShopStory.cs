using System.Net;
using System.Text;

namespace FlightRecorder.Tests.Shop;

/// <summary>A morning in the shop: what the demo sends too, some of it failing by design.</summary>
internal static class ShopStory
{
    public const string Password = "correct-horse-battery-9";
    public const string GoodCard = "4111111111111111";
    public const string DeclinedCard = "4000000000000002";
    public const string Badge = "WH-204817";

    /// <summary>The order that reserves too little.</summary>
    public const string Cause = "story-09";

    /// <summary>The shipping that trips over it.</summary>
    public const string Effect = "story-11";

    /// <summary>The payment whose answer holds the card's number.</summary>
    public const string Declined = "story-06";

    public const string Customer = $$"""{"email":"ada@example.com","name":"Ada","password":"{{Password}}"}""";

    public const string Return = $$"""{"badge":"{{Badge}}"}""";

    private static readonly (HttpStatusCode Status, string Method, string Path, string? Body)[] Marked =
    [
        (HttpStatusCode.Created, "POST", "/api/customers", Customer),
        (HttpStatusCode.Conflict, "POST", "/api/customers", Customer),
        (HttpStatusCode.OK, "GET", "/api/customers/1", null),
        (HttpStatusCode.OK, "GET", "/api/stock/3", null),
        (HttpStatusCode.Created, "POST", "/api/orders", """{"customer_id":1,"lines":[{"product_id":1,"quantity":2},{"product_id":2,"quantity":1}]}"""),
        (HttpStatusCode.PaymentRequired, "POST", "/api/orders/1/payments", $$"""{"card_number":"{{DeclinedCard}}","cvv":"737","expires":"12/29"}"""),
        (HttpStatusCode.OK, "POST", "/api/orders/1/payments", $$"""{"card_number":"{{GoodCard}}","cvv":"737","expires":"12/29"}"""),
        (HttpStatusCode.OK, "POST", "/api/orders/1/ship", null),
        (HttpStatusCode.Created, "POST", "/api/orders", """{"customer_id":1,"lines":[{"product_id":3,"quantity":2},{"product_id":3,"quantity":3}]}"""),
        (HttpStatusCode.OK, "POST", "/api/orders/2/payments", $$"""{"card_number":"{{GoodCard}}","cvv":"737","expires":"12/29"}"""),
        (HttpStatusCode.InternalServerError, "POST", "/api/orders/2/ship", null),
        (HttpStatusCode.OK, "GET", "/api/orders?customer_id=1&limit=5", null),
        (HttpStatusCode.Created, "POST", "/api/stock/movements", Movement(2, -3)),
        (HttpStatusCode.Conflict, "POST", "/api/stock/movements", Movement(4, -3)),
        (HttpStatusCode.OK, "POST", "/api/orders/1/return", Return),
        (HttpStatusCode.OK, "GET", "/api/stock/2/movements", null),
        (HttpStatusCode.OK, "GET", "/api/reports/low-stock?threshold=50", null),
        (HttpStatusCode.OK, "GET", "/api/reports/sales?from=2026-01-01&to=2026-12-31", null),
    ];

    public static IReadOnlyList<string> RequestIds { get; } = [.. Enumerable.Range(1, Marked.Length).Select(RequestId)];

    /// <summary>Sends the marked requests in order, with unmarked ones in between.</summary>
    public static async Task TellAsync(HttpClient client)
    {
        for (int i = 0; i < Marked.Length; i++)
        {
            (HttpStatusCode status, string method, string path, string? body) = Marked[i];
            using HttpResponseMessage response = await client.SendAsync(Request(method, path, body, RequestId(i + 1)));
            Assert.That(response.StatusCode, Is.EqualTo(status), $"{method} {path}: {await response.Content.ReadAsStringAsync()}");
            using HttpResponseMessage health = await client.SendAsync(Request("GET", "/health/ready", null, $"unmarked-{i}"));
            Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    public static HttpRequestMessage Request(string method, string path, string? body, string? requestId)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (requestId is not null)
        {
            request.Headers.Add("x-request-id", requestId);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return request;
    }

    public static string Movement(long productId, int quantity, string reason = "damaged")
        => $$"""{"product_id":{{productId}},"quantity":{{quantity}},"reason":"{{reason}}","badge":"{{Badge}}"}""";

    private static string RequestId(int number) => $"story-{number:00}";
}
