using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Generators.Harness;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Tests.Generators.Parse;

internal sealed class PlanIdentityTests
{
    [Test]
    public void A_rule_on_a_controller_covers_each_of_its_actions()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            [Record]
            public class OrdersController : ControllerBase
            {
                public void Create() { }

                public void Get(int id) { }

                public void Delete(int id) { }

                [NonAction]
                public void NotAnAction() { }

                public static void Static() { }

                public void Generic<T>() { }

                internal void Internal() { }

                public int Property { get; set; }

                public override string ToString() => "";
            }
            """);
        Assert.That(Identities(loaded), Is.EqualTo(new[] { "OrdersController.Create()", "OrdersController.Delete(Int32)", "OrdersController.Get(Int32)" }));
    }

    [Test]
    public void Overloads_are_told_apart_by_their_parameter_types()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            public class OrdersController : ControllerBase
            {
                [Record(Route = "/one")]
                public void Find(int id) { }

                [Record(Route = "/two")]
                public void Find(string name, int? page, List<string> tags, int[] ids) { }

                public void Find(Guid id) { }
            }
            """);
        Assert.That(Identities(loaded), Is.EquivalentTo(new[]
        {
            "OrdersController.Find(Int32)", "OrdersController.Find(String, Nullable`1, List`1, Int32[])",
        }));
    }

    [Test]
    public void A_rule_on_a_base_class_covers_inherited_actions_of_each_concrete_controller()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            [Record]
            public abstract class BaseController : ControllerBase
            {
                public void Ping() { }

                public virtual void Reset() { }
            }

            public class OneController : BaseController
            {
                public override void Reset() { }
            }

            public class TwoController : BaseController
            {
                public void Own() { }
            }
            """);
        Assert.That(Identities(loaded), Is.EquivalentTo(new[]
        {
            "OneController.Ping()", "OneController.Reset()", "TwoController.Ping()", "TwoController.Reset()", "TwoController.Own()",
        }));
    }

    [Test]
    public void A_rule_on_a_base_class_of_another_assembly_covers_this_assemblys_controllers()
    {
        MetadataReference library = Sources.Library("""
            namespace Library;

            [Record(Route = "/api/**")]
            public abstract class RecordedController : ControllerBase
            {
                public void Ping() { }
            }
            """);
        GeneratorRun run = GeneratorRun.Of(Sources.Compile("public class HomeController : Library.RecordedController { public void Own() { } }", more: library)).Compiles();
        Assert.That(run.Plans, Does.Contain("""Action(typeof(global::HomeController), "Ping")"""));
        Assert.That(run.Plans, Does.Contain("""Action(typeof(global::HomeController), "Own")"""));
        Assert.That(run.Filters, Does.Contain("[Record] in another assembly"));
        Assert.That(run.Filters, Does.Contain("""PathUnder(in request, "/api")"""));
    }

    [Test]
    public void A_generic_base_controller_is_recorded_with_its_types_filled_in()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            public class Order
            {
                [Redact]
                public string Card { get; set; } = "";
            }

            [Record]
            public abstract class CrudController<T> : ControllerBase
            {
                public void Create(T item) { }

                public IActionResult Find(T item, List<T> more) => Ok(item);
            }

            public class OrdersController : CrudController<Order>;
            """);
        Assert.That(Identities(loaded), Is.EqualTo(new[] { "OrdersController.Create(Order)", "OrdersController.Find(Order, List`1)" }));
        Assert.That(LoadedAssembly.Rules(loaded.Plan("OrdersController.Create").RequestBody), Is.EqualTo(new[] { "Card: Mask" }));
        Assert.That(LoadedAssembly.Rules(loaded.Plan("OrdersController.Find").ResponseBody), Is.EqualTo(new[] { "Card: Mask" }));
    }

    [Test]
    public void What_MVC_does_not_take_for_a_controller_gets_no_plan()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            [assembly: Record]

            [NonController]
            public class NotController : ControllerBase { public void Get() { } }

            internal class HiddenController : ControllerBase { public void Get() { } }

            public abstract class AbstractController : ControllerBase { public void Get() { } }

            public class Outer { public class NestedController : ControllerBase { public void Get() { } } }

            public class PlainService { public void Get() { } }

            public class PocoController { public void Get() { } }

            [ApiController]
            public class Marked { public void Get() { } }
            """);
        Assert.That(Identities(loaded), Is.EquivalentTo(new[] { "PocoController.Get()", "Marked.Get()" }));
    }

    [Test]
    public void An_assembly_rule_covers_every_controller_and_leaves_a_fallback_for_the_rest()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            [assembly: Record(Methods = ["GET"])]

            public class HomeController : ControllerBase { public void Get() { } }
            """);
        Assert.That(Identities(loaded), Is.EqualTo(new[] { "HomeController.Get()" }));
        Assert.That(loaded.Generated.Fallback, Is.Not.Null);
        Assert.That(loaded.Generated.Fallback!.RequestBody, Is.Null);
        Assert.That(new FakeRequest("GET", "/").Ask(loaded.Generated.Fallback), Is.EqualTo(1));
        Assert.That(new FakeRequest("POST", "/").Ask(loaded.Generated.Fallback), Is.Zero);
    }

    [Test]
    public void An_assembly_rule_covers_method_groups_with_their_body_types()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            [assembly: Record]

            var app = WebApplication.Create();
            app.MapPost("/orders", Handlers.Create);
            app.MapPost("/orders/again", Handlers.Create);
            app.MapPost("/own", Handlers.Own);
            app.MapPost("/not", Handlers.Not);
            app.MapPost("/kept-out", KeptOut.Create);
            app.MapPost("/lambda", (Order order) => { });

            public sealed record Order([Redact] string Card);

            public static class Handlers
            {
                public static Order Create(Order order) => order;

                [Record]
                public static void Own() { }

                [DoNotRecord]
                public static void Not() { }
            }

            [DoNotRecord]
            public static class KeptOut
            {
                public static void Create(Order order) { }
            }
            """);
        Assert.That(Identities(loaded), Is.EqualTo(new[] { "Handlers.Create(Order)", "Handlers.Own /repo/Shop/Code.cs:17", "KeptOut.Create(Order)" }));
        Assert.That(LoadedAssembly.Rules(loaded.Plan("Handlers.Create").RequestBody), Is.EqualTo(new[] { "Card: Mask" }));
        Assert.That(new FakeRequest("POST", "/").Ask(loaded.Plan("Handlers.Create")), Is.EqualTo(1));
        Assert.That(new FakeRequest("POST", "/").Ask(loaded.Plan("KeptOut.Create")), Is.Zero);
    }

    [Test]
    public void Assembly_rules_of_several_files_make_one_fallback()
    {
        var compilation = Sources.Compile("[assembly: Record(Route = \"/a\")]")
            .AddSyntaxTrees(Sources.Tree("using FlightRecorder; [assembly: Record(Route = \"/b\")]", "/repo/Shop/More.cs"));
        GeneratorRun run = GeneratorRun.Of(compilation).Compiles();
        Assert.That(run.Filters, Does.Contain("\"/a\"").And.Contain("\"/b\""));
        Assert.That(run.Plans.Split("Fallback()"), Has.Length.EqualTo(2));
    }

    [Test]
    public void Delegates_are_known_by_the_place_of_their_rule()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            var app = WebApplication.Create();
            foreach (string name in new[] { "a", "b" })
            {
                app.MapGet("/" + name, [Record] () => name);
            }

            app.MapGet("/lambda", [Record] (int id) => id);
            app.MapGet("/anonymous", (Func<int>)([Record] () => 1));
            app.MapGet("/method", Handlers.Static);
            app.MapGet("/instance", new Handlers().Instance);
            app.MapGet("/local", Local);
            Action later = [Record] () => { };

            [Record]
            static string Local() => "";

            public class Handlers
            {
                [Record]
                public static string Static() => "";

                [Record]
                internal string Instance() => "";
            }
            """);
        Assert.That(Identities(loaded), Is.EquivalentTo(new[]
        {
            "MapGet(…) /repo/Shop/Code.cs:4",
            "MapGet(\"/lambda\") /repo/Shop/Code.cs:7",
            "MapGet(\"/anonymous\") /repo/Shop/Code.cs:8",
            "lambda in Program /repo/Shop/Code.cs:12",
            "Program.Local /repo/Shop/Code.cs:14",
            "Handlers.Static /repo/Shop/Code.cs:19",
            "Handlers.Instance /repo/Shop/Code.cs:22",
        }));
    }

    [Test]
    public void A_delegate_is_known_by_the_same_constants_that_its_metadata_carries()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            public static class Handlers
            {
                [Record(
                    Route = "/a")]
                public static string Get() => "";
            }
            """);
        var attribute = (RecordAttribute)loaded.Assembly.GetType("Handlers")!.GetMethod("Get")!.GetCustomAttributes(typeof(RecordAttribute), false).Single();
        HandlerIdentity identity = loaded.Plan("Handlers.Get").Identity;
        Assert.That((identity.File, identity.Line), Is.EqualTo((attribute.File, attribute.Line)));
    }

    private static string[] Identities(LoadedAssembly loaded) => [.. loaded.Generated.Plans.Select(plan => Text(plan))];

    private static string Text(HandlerPlan plan)
        => plan.Identity.Controller is { } controller
            ? $"{controller.Name}.{plan.Identity.Method}({string.Join(", ", plan.Identity.Parameters.Select(type => type.Name))})"
            : $"{plan.Name} {plan.Identity.File}:{plan.Identity.Line}";
}
