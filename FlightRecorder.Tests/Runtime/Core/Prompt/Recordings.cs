using System.Text.Json;

namespace FlightRecorder.Tests.Core.Prompt;

/// <summary>Recordings as a reader would return them: an order that reserved too little, and its shipping that trips over it.</summary>
internal static class Recordings
{
    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement.Clone();

    public static Recording Create { get; } = new()
    {
        Id = Guid.Parse("019a9f00-0000-7000-8000-00000000000a"),
        Run = "00000000000000aa",
        Sequence = 3,
        Kind = RecordingKind.Request,
        StartedAt = new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero),
        DurationUs = 8_120,
        Outcome = RecordingOutcome.Completed,
        Trigger = Triggers.Always,
        Endpoint = new RecordedEndpoint { Name = "OrdersController.Create", Location = "samples/Shop/Controllers/OrdersController.cs:24" },
        Request = new RecordedRequest { Method = "POST", Path = "/api/orders", Route = "api/orders", Body = new RecordedBody { Kind = BodyKind.Json, State = BodyState.Complete, Value = Json("""{"lines":[{"product_id":3,"quantity":2},{"product_id":3,"quantity":3}]}""") } },
        Response = new RecordedResponse { Status = 201 },
        Mutations =
        [
            Row("insert", "orders", "Order", """{"id":7}""", "null", """{"id":7,"status":"placed"}""", MutationOutcome.Committed),
            Row("update", "stock", "StockItem", """{"product_id":3}""", """{"product_id":3,"reserved":0,"on_hand":40}""", """{"product_id":3,"reserved":3,"on_hand":40}""", MutationOutcome.Committed, "reserved"),
        ],
    };

    public static Recording Ship { get; } = new()
    {
        Id = Guid.Parse("019a9f00-0000-7000-8000-00000000000b"),
        Run = "00000000000000aa",
        Sequence = 9,
        Kind = RecordingKind.Request,
        StartedAt = new DateTimeOffset(2026, 11, 20, 9, 31, 12, 345, TimeSpan.Zero),
        DurationUs = 12_345,
        Outcome = RecordingOutcome.Failed,
        Trigger = Triggers.Error,
        App = new RecordedApp { Name = "Shop", Version = "1.4.0", Environment = "Staging", Host = "shop-1", Pid = 77 },
        Tags = new Dictionary<string, string> { ["region"] = "eu" },
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        RequestId = "req-9",
        Actor = new RequestActor("user_42", "clerk"),
        Endpoint = new RecordedEndpoint { Name = "OrdersController.Ship", Location = "samples/Shop/Controllers/OrdersController.cs:58" },
        Request = new RecordedRequest
        {
            Method = "POST",
            Path = "/api/orders/7/ship",
            Route = "api/orders/{id}/ship",
            Params = new Dictionary<string, string[]> { ["id"] = ["7"] },
            Query = new Dictionary<string, string[]> { ["notify"] = ["yes", "sms"] },
            Headers = new Dictionary<string, string[]> { ["content-type"] = ["application/json"] },
            Body = new RecordedBody { Kind = BodyKind.Json, Type = "application/json", State = BodyState.Complete, Bytes = 47, Value = Json("""{"carrier":"post","apiKey":"[REDACTED]","parcels":[1,2]}""") },
        },
        Response = new RecordedResponse
        {
            Status = 500,
            Body = new RecordedBody { Kind = BodyKind.Json, Type = "application/json", State = BodyState.Complete, Bytes = 92, Value = Json("""{"error":{"code":"internal_error","message":"Something went wrong."},"request_id":"req-9"}""") },
        },
        Timeline =
        [
            new RecordedEntry { AtUs = 0, Type = "http.request.received" },
            new RecordedEntry { AtUs = 2_100, Type = "db.query", Sql = "SELECT o.id, o.status\nFROM orders AS o\nWHERE o.id = @id", Parameters = Json("""{"id":7}"""), DurationUs = 900, Rows = 1, Location = "samples/Shop/Domain/Shipping.cs:21" },
            new RecordedEntry { AtUs = 6_000, Type = "db.command", Sql = "UPDATE stock SET reserved = @p0\nWHERE product_id = @p1", Parameters = Json("""{"p0":-2,"p1":3}"""), DurationUs = 1_200, Location = "samples/Shop/Domain/Shipping.cs:40", Error = "23514: new row violates check constraint \"ck_stock_reserved\"" },
            new RecordedEntry { AtUs = 6_100, Type = "db.mutation", Detail = "update stock" },
            new RecordedEntry { AtUs = 7_000, Type = "error", Detail = "Microsoft.EntityFrameworkCore.DbUpdateException", Error = "An error occurred while saving the entity changes. See the inner exception for details." },
            new RecordedEntry { AtUs = 12_300, Type = "http.response.sent", Status = 500, DurationUs = 12_300 },
        ],
        Mutations =
        [
            Row("update", "stock", "StockItem", """{"product_id":3}""", """{"product_id":3,"reserved":3,"on_hand":40}""", """{"product_id":3,"reserved":-2,"on_hand":35}""", MutationOutcome.RolledBack, "reserved", "on_hand"),
        ],
        Errors =
        [
            new RecordedError
            {
                AtUs = 7_000,
                Type = "Microsoft.EntityFrameworkCore.DbUpdateException",
                Message = "An error occurred while saving the entity changes. See the inner exception for details.",
                Stack = "   at Shop.Domain.Shipping.ShipAsync(Int64 id) in /_/samples/Shop/Domain/Shipping.cs:line 40\n   at Shop.Controllers.OrdersController.Ship(Int64 id) in /_/samples/Shop/Controllers/OrdersController.cs:line 61",
                Handled = true,
                Location = "samples/Shop/Domain/Shipping.cs:40",
                Inner = [new RecordedError { Type = "Npgsql.PostgresException", Message = "23514: new row for relation \"stock\" violates check constraint \"ck_stock_reserved\"" }],
            },
        ],
        Gaps = [new RecordedGap("log", "Timeline.Logs is off")],
    };

    private static RecordedMutation Row(string operation, string table, string model, string key, string before, string after, MutationOutcome outcome, params string[] changed) => new()
    {
        AtUs = 6_100,
        Source = "efcore",
        Operation = operation,
        Table = table,
        Model = model,
        Key = Json(key),
        Before = Json(before),
        After = Json(after),
        Changed = changed,
        Rows = 1,
        Outcome = outcome,
        Transaction = "t1",
        Location = "samples/Shop/Domain/Shipping.cs:40",
    };
}
