using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.Emit;

internal sealed class PlanSnapshots : SnapshotTests
{
    [Test]
    public void A_controller_with_three_actions_and_one_rule() => VerifySnapshot("""
        namespace Shop;

        public sealed record OrderRequest(string Product, int Quantity, [Redact(RedactMode.Last4)] string CardNumber);

        public sealed class OrderResponse
        {
            public int Id { get; set; }

            [Redact]
            public string? Pin { get; set; }
        }

        [ApiController, Route("orders")]
        [Record(Keep = KeepWhen.Error | KeepWhen.Slow, SlowMilliseconds = 500, Bodies = Bodies.Both)]
        public sealed class OrdersController : ControllerBase
        {
            [HttpPost]
            public ActionResult<OrderResponse> Create(OrderRequest order) => new OrderResponse();

            [HttpGet("{id}")]
            public async Task<ActionResult<OrderResponse>> Get(int id, [FromQuery, Redact] string token) => await Task.FromResult(new OrderResponse());

            [HttpDelete("{id}")]
            public IActionResult Delete(int id) => NoContent();
        }
        """);

    [Test]
    public void Every_condition_of_a_rule() => VerifySnapshot("""
        namespace Shop;

        public sealed class OnlyGold : IRecordFilter
        {
            public static bool ShouldRecord(in RequestFacts request) => request.Header("x-tier") == "gold";
        }

        [Record(Methods = ["POST", "PUT"], Route = "/api/**", Header = "x-debug", HeaderValues = ["on", "1"], Actors = ["user_42", "user_43"], SampleRate = 0.1, Filter = typeof(OnlyGold))]
        [Record(Route = "/exact", Header = "x-debug")]
        [Record(Route = "/a/*/c")]
        public sealed class ThingsController : ControllerBase
        {
            public void Post()
            {
            }
        }
        """);

    [Test]
    public void Minimal_endpoints() => VerifySnapshot("""
        var app = WebApplication.Create();
        app.MapPost("/orders", [Record] (Order order) => TypedResults.Ok(order));
        app.MapGet("/orders/{id}", Handlers.Get);
        app.MapPut("/orders", Update);
        app.Run();

        [Record(Methods = ["PUT"])]
        static IResult Update(Order order) => order.Id == 0 ? Results.NotFound() : Results.Ok(order);

        public sealed record Order(int Id, [Redact] string Card);

        public static class Handlers
        {
            [Record]
            public static Results<Ok<Order>, NotFound> Get(int id) => TypedResults.NotFound();
        }
        """);

    [Test]
    public void A_recorded_context_and_an_entity() => VerifySnapshot("""
        namespace Shop;

        public class Order
        {
            public int Id { get; set; }

            public Customer Customer { get; set; } = new();

            public List<Line> Lines { get; } = [];
        }

        public class Line
        {
            public int Id { get; set; }
        }

        public class Customer
        {
            public int Id { get; set; }

            [Redact(RedactMode.Remove)]
            public string Password { get; private set; } = "";
        }

        [DoNotRecord]
        public class Audit
        {
            public int Id { get; set; }
        }

        [Record]
        public class Stock
        {
            public int Id { get; set; }

            [Reveal]
            public string Token { get; set; } = "";
        }

        [Record]
        public class ShopContext : DbContext
        {
            public DbSet<Order> Orders => Set<Order>();

            public DbSet<Audit> Audits => Set<Audit>();
        }
        """);

    [Test]
    public void Assembly_rules() => VerifySnapshot("""
        [assembly: Record(Keep = KeepWhen.Error)]

        public sealed class HealthController : ControllerBase
        {
            public string Get() => "ok";
        }
        """);

    [Test]
    public void Constant_SQL() => VerifySnapshot("""
        using System.Data;
        using Dapper;

        public sealed class Stock(IDbConnection connection)
        {
            public void Take(int id, int n)
            {
                connection.Execute("UPDATE stock SET qty = qty - @n WHERE id = @id", new { id, n });
                connection.Execute("INSERT INTO movements (stock_id, by) VALUES (@id, @n); DELETE FROM holds USING stock WHERE stock.id = holds.id", new { id, n });
            }

            public int Left() => connection.ExecuteScalar<int>("SELECT qty FROM stock");

            public IEnumerable<int> All() => connection.Query<int>("SELECT qty FROM stock");
        }
        """);
}
