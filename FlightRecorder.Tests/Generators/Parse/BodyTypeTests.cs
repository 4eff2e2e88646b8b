using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.Parse;

internal sealed class BodyTypeTests
{
    private const string Types = """

        public sealed record Order([Redact] string Card);

        public sealed record Fault([Redact] string Detail);

        public sealed record Plain(string Text);

        public interface IOrders;

        public sealed class OrderService(IOrders orders) { public void Use() => _ = orders; public int Count => 1; }

        public class ShopContext : DbContext;

        public readonly record struct OrderId(int Value) { public static bool TryParse(string text, out OrderId id) { id = default; return true; } }
        """;

    [TestCase("Order order", "Order")]
    [TestCase("int id, Order order, System.Threading.CancellationToken cancellation", "Order")]
    [TestCase("Order order, IOrders orders, OrderService service, ShopContext db, HttpResponse response, System.Security.Claims.ClaimsPrincipal user", "Order")]
    [TestCase("[FromServices] Plain plain, Order order", "Order")]
    [TestCase("Plain plain, [FromBody] Order order", "Order")]
    [TestCase("[FromForm] Order order", "Order")]
    [TestCase("OrderId id, Order order", "Order")]
    [TestCase("List<Order> orders", "Order")]
    [TestCase("HttpContext http, [FromBody] Order order", "Order")]
    [TestCase("Plain plain, Order order", null)]
    [TestCase("HttpContext http, Order order", null)]
    [TestCase("int id, string name, OrderId order, Guid[] ids", null)]
    [TestCase("System.Text.Json.JsonElement body", null)]
    [TestCase("[FromBody] object body", null)]
    [TestCase("", null)]
    public void The_request_body_of(string parameters, string? expected)
        => Assert.That(Handler("void", parameters, "").RequestBody?.Name, Is.EqualTo(expected));

    [Test]
    public void Several_candidates_fail_closed_but_have_maps()
    {
        LoadedAssembly loaded = Load("void", "Order order, Fault fault", "");
        Assert.That(loaded.Generated.Maps.Select(pair => pair.Key.Name), Is.EquivalentTo(new[] { "Order", "Fault" }));
    }

    [Test]
    public void A_marked_body_parameter_hides_the_whole_body()
        => Assert.That(Handler("void", "[FromBody, Redact(RedactMode.Remove)] Plain plain", "").RequestBody?.Whole, Is.EqualTo(RedactMode.Remove));

    [TestCase("Order", "null!")]
    [TestCase("Task<Order>", "null!")]
    [TestCase("ValueTask<Order[]>", "default")]
    [TestCase("ActionResult<Order>", "null!")]
    [TestCase("Task<ActionResult<List<Order>>>", "null!")]
    [TestCase("IAsyncEnumerable<Order>", "null!")]
    [TestCase("Ok<Order>", "null!")]
    [TestCase("Task<Created<Order>>", "null!")]
    [TestCase("Results<Ok<Order>, NotFound, BadRequest<string>>", "null!")]
    [TestCase("Results<Ok<Order>, Conflict<Plain>>", "null!")]
    [TestCase("IResult", "Results.Ok(new Order(\"\"))")]
    [TestCase("IResult", "Results.Created(\"/x\", new Order(\"\"))")]
    [TestCase("IResult", "Results.Json(statusCode: 200, data: new Order(\"\"))")]
    [TestCase("IResult", "TypedResults.Ok(new Order(\"\"))")]
    [TestCase("IResult", "DateTime.Now.Day == 1 ? Results.NotFound() : (IResult)Results.Ok(new[] { new Order(\"\") })")]
    [TestCase("IResult", "DateTime.Now.Day switch { 1 => Results.NotFound(), 2 => throw new Exception(), _ => Results.Ok(new Order(\"\")) }")]
    [TestCase("Task<IResult>", "Task.FromResult(Results.Ok(new Order(\"\")))")]
    [TestCase("Task<IResult>", "Task.FromResult<IResult>(TypedResults.Ok(new Order(\"\")))")]
    [TestCase("IActionResult", "new OkObjectResult(new Order(\"\"))")]
    [TestCase("IActionResult", "new JsonResult(new Order(\"\"))")]
    public void A_response_body_of_orders(string type, string value)
        => Assert.That(Handler(type, "", value).ResponseBody?.Name, Is.EqualTo("Order"));

    [TestCase("Results<Ok<Order>, Conflict<Fault>>", "null!")]
    [TestCase("object", "null!")]
    [TestCase("string", "null!")]
    [TestCase("IResult", "null!")]
    [TestCase("IResult", "Make()")]
    [TestCase("Task<IResult>", "Task.FromResult(DateTime.Now.Day == 1 ? Make() : Results.Ok(new Order(\"\")))")]
    [TestCase("IActionResult", "DateTime.Now.Day == 1 ? new JsonResult(null) { Value = new Fault(\"\") } : new JsonResult(new Order(\"\"))")]
    [TestCase("IResult", "DateTime.Now.Day == 1 ? Results.Ok(new Order(\"\")) : Results.Problem(extensions: new Dictionary<string, object?> { [\"fault\"] = new Fault(\"\") })")]
    [TestCase("IResult", "Results.Ok((object)new Order(\"\"))")]
    [TestCase("IResult", "Results.Ok(new { Card = \"\" })")]
    [TestCase("IResult", "DateTime.Now.Day == 1 ? Results.Conflict(new Fault(\"\")) : Results.Ok(new Order(\"\"))")]
    [TestCase("IResult", "DateTime.Now.Day == 1 ? Make() : Results.Ok(new Order(\"\"))")]
    public void A_response_body_that_cannot_be_known(string type, string value)
        => Assert.That(Handler(type, "", value).ResponseBody, Is.Null);

    [Test]
    public void Returns_of_inner_functions_do_not_count()
        => Assert.That(
            LoadedAssembly.Of("""
                public static class Handlers
                {
                    [Record]
                    public static IResult Handle()
                    {
                        Func<object> inner = () => { return new Fault(""); };
                        object Local() { return new Fault(""); }
                        _ = Local() == inner();
                        return Results.Ok(new Order(""));
                    }
                }
                """ + Types).Plan("Handlers.Handle").ResponseBody?.Name,
            Is.EqualTo("Order"));

    [Test]
    public void A_controllers_results_are_read()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            [Record]
            public class OrdersController : ControllerBase
            {
                public IActionResult Post(Order order) => CreatedAtAction(nameof(Post), new { id = 1 }, order);

                public async Task<IActionResult> Wait() { await Task.Yield(); if (DateTime.Now.Day == 1) { return NotFound(); } return Ok(new Order("")); }

                [ProducesResponseType(typeof(Order), 200), ProducesResponseType<Plain>(404)]
                public IActionResult Declared() => StatusCode(204);

                [ProducesResponseType(typeof(Order), 200), ProducesResponseType(typeof(Fault), 500)]
                public ActionResult<Order> Both() => NoContent();
            }
            """ + Types);
        Assert.That(
            loaded.Generated.Plans.Select(plan => (plan.Identity.Method, plan.ResponseBody?.Name)),
            Is.EquivalentTo(new[] { ("Post", "Order"), ("Wait", "Order"), ("Declared", "Order"), ("Both", null) }));
        Assert.That(loaded.Generated.Maps.Select(pair => pair.Key.Name), Is.EquivalentTo(new[] { "Order", "Plain", "Fault" }));
    }

    [Test]
    public void Marked_parameters_are_known_by_their_bound_names()
        => Assert.That(
            LoadedAssembly.Rules(Handler("void", "[Redact] string token, [Reveal] int pass, [FromQuery(Name = \"k\"), Redact(RedactMode.Hash)] string key, [FromHeader(Name = \"x-s\"), Redact] string header, int plain", "").Parameters),
            Is.EqualTo(new[] { "token: Mask", "pass: shown", "k: Hash", "x-s: Mask" }));

    [Test]
    public void Marked_members_of_AsParameters_and_form_classes_are_parameters()
    {
        Assert.That(LoadedAssembly.Rules(Handler("void", "[AsParameters] Order order", "").Parameters), Is.EqualTo(new[] { "Card: Mask" }));
        Assert.That(LoadedAssembly.Rules(Handler("void", "[FromForm] Order order", "").Parameters), Is.EqualTo(new[] { "Card: Mask" }));
        Assert.That(Handler("void", "Order order", "").Parameters, Is.Null);
    }

    [TestCase("public class Query { [FromQuery(Name = \"k\"), Redact] public string Badge { get; set; } = \"\"; }")]
    [TestCase("public record Query([FromQuery(Name = \"k\"), Redact] string Badge);")]
    [TestCase("public record Query([property: FromRoute(Name = \"k\"), Redact] string Badge);")]
    [TestCase("public class Query { [BindProperty(Name = \"k\"), Redact] public string Badge { get; set; } = \"\"; }")]
    public void A_marked_member_is_known_by_the_name_that_binding_gives_it(string type)
        => Assert.That(
            LoadedAssembly.Rules(LoadedAssembly.Of("public static class Handlers { [Record] public static void Handle([AsParameters] Query query) { } }\n" + type).Plan("Handlers.Handle").Parameters),
            Is.EqualTo(new[] { "k: Mask", "Badge: Mask" }));

    [TestCase("[FromHeader(Name = \"x-customer\"), Redact(RedactMode.Last4)] string customer, [FromHeader] string other, [Redact] string host", "x-customer")]
    [TestCase("[AsParameters] Headers headers", "x-customer")]
    [TestCase("[FromHeader(Name = \"x-customer\")] string customer, [Redact] string host", null)]
    public void Marked_headers_are_told_apart_from_other_parameters(string parameters, string? expected)
        => Assert.That(
            LoadedAssembly.Of($$"""
                public static class Handlers { [Record] public static void Handle({{parameters}}) { } }
                public record Headers([FromHeader(Name = "x-customer"), Redact] string Customer, [Redact] string Host);
                """).Plan("Handlers.Handle").Headers,
            Is.EqualTo(expected is null ? [] : new[] { expected }));

    [Test]
    public void The_body_inside_AsParameters_is_found()
        => Assert.That(
            LoadedAssembly.Of("""
                public static class Handlers { [Record] public static void Handle([AsParameters] Request request) { } }

                public record Request(int Id, [FromBody] Order Order, IOrders Orders);
                """ + Types).Plan("Handlers.Handle").RequestBody?.Name,
            Is.EqualTo("Order"));

    private static HandlerPlan Handler(string type, string parameters, string value) => Load(type, parameters, value).Plan("Handlers.Handle");

    private static LoadedAssembly Load(string type, string parameters, string value) => LoadedAssembly.Of($$"""
        public static class Handlers
        {
            [Record]
            public static {{type}} Handle({{parameters}}) {{(value.Length == 0 ? "{ }" : $"=> {value};")}}

            public static IResult Make() => Results.Ok(new Order(""));
        }
        """ + Types);
}
