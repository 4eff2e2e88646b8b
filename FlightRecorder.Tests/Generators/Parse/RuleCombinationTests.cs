using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.Parse;

internal sealed class RuleCombinationTests
{
    [Test]
    public void All_properties_of_one_rule_must_hold()
    {
        LoadedAssembly loaded = Controller("""[Record(Methods = ["POST"], Route = "/api/**", Header = "x-debug", HeaderValues = ["on"], Actors = ["u1"])]""");
        Assert.That(Ask(loaded, "POST", "/api/a", "on", "u1"), Is.EqualTo(1));
        Assert.That(Ask(loaded, "GET", "/api/a", "on", "u1"), Is.Zero);
        Assert.That(Ask(loaded, "POST", "/web/a", "on", "u1"), Is.Zero);
        Assert.That(Ask(loaded, "POST", "/api/a", "off", "u1"), Is.Zero);
        Assert.That(Ask(loaded, "POST", "/api/a", "on", "u2"), Is.Zero);
    }

    [Test]
    public void Of_several_rules_at_one_level_any_may_hold()
    {
        LoadedAssembly loaded = Controller("""
            [Record(Methods = ["POST"], Keep = KeepWhen.Error)]
            [Record(Route = "/api/**", Bodies = Bodies.None)]
            """);
        Assert.That(Ask(loaded, "POST", "/web"), Is.EqualTo(0b01));
        Assert.That(Ask(loaded, "GET", "/api"), Is.EqualTo(0b10));
        Assert.That(Ask(loaded, "POST", "/api"), Is.EqualTo(0b11));
        Assert.That(Ask(loaded, "GET", "/web"), Is.Zero);
        Assert.That(loaded.Plan("HomeController.Get").Rules.Select(rule => (rule.Keep, rule.Bodies)), Is.EqualTo(new[]
        {
            (KeepWhen.Error, Bodies.Default), (KeepWhen.Always, Bodies.None),
        }));
    }

    [TestCase("[Record(Route = \"/action\")]", "[Record(Route = \"/controller\")]", "[Record(Route = \"/base\")]", "/action")]
    [TestCase("", "[Record(Route = \"/controller\")]", "[Record(Route = \"/base\")]", "/controller")]
    [TestCase("", "", "[Record(Route = \"/base\")]", "/base")]
    [TestCase("", "", "", "/assembly")]
    public void The_nearest_level_with_a_rule_replaces_the_farther_ones(string action, string controller, string parent, string expected)
    {
        LoadedAssembly loaded = LoadedAssembly.Of($$"""
            [assembly: Record(Route = "/assembly")]

            {{parent}}
            public abstract class BaseController : ControllerBase;

            {{controller}}
            public class HomeController : BaseController
            {
                {{action}}
                public void Get() { }
            }
            """);
        string[] paths = ["/action", "/controller", "/base", "/assembly"];
        Assert.That(paths.Where(path => Ask(loaded, "GET", path) != 0), Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void An_override_keeps_the_rule_of_the_action_it_overrides()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            public abstract class BaseController : ControllerBase
            {
                [Record(Route = "/base")]
                public abstract void Get();
            }

            [Record(Route = "/controller")]
            public class HomeController : BaseController
            {
                public override void Get() { }
            }
            """);
        Assert.That(Ask(loaded, "GET", "/base"), Is.EqualTo(1));
        Assert.That(Ask(loaded, "GET", "/controller"), Is.Zero);
    }

    [Test]
    public void DoNotRecord_on_an_action_wins()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            [Record]
            public class HomeController : ControllerBase
            {
                [Record, DoNotRecord]
                public void Secret() { }

                public void Get() { }
            }
            """);
        Assert.That(loaded.Generated.Plans.Select(plan => plan.Name), Is.EqualTo(new[] { "HomeController.Get" }));
    }

    [Test]
    public void DoNotRecord_on_an_overridden_action_wins()
        => Assert.That(
            LoadedAssembly.Of("""
                public abstract class BaseController : ControllerBase
                {
                    [DoNotRecord]
                    public abstract void Get();
                }

                [Record]
                public class HomeController : BaseController
                {
                    public override void Get() { }
                }
                """).Registered,
            Is.Null);

    [Test]
    public void DoNotRecord_on_a_base_class_wins_over_rules_on_actions()
        => Assert.That(
            LoadedAssembly.Of("""
                [DoNotRecord]
                public abstract class BaseController : ControllerBase;

                [Record]
                public class HomeController : BaseController
                {
                    [Record]
                    public void Get() { }
                }
                """).Registered,
            Is.Null);

    [Test]
    public void DoNotRecord_on_a_lambda_wins()
        => Assert.That(LoadedAssembly.Of("WebApplication.Create().MapGet(\"/\", [Record, DoNotRecord] () => 1);").Registered, Is.Null);

    [Test]
    public void DoNotRecord_on_the_class_of_a_method_group_makes_a_plan_that_never_holds()
    {
        LoadedAssembly loaded = LoadedAssembly.Of("""
            [DoNotRecord]
            public static class Handlers
            {
                [Record]
                public static string Get() => "";
            }
            """);
        Assert.That(new FakeRequest("GET", "/").Ask(loaded.Plan("Handlers.Get")), Is.Zero);
    }

    private static LoadedAssembly Controller(string rules) => LoadedAssembly.Of($$"""
        {{rules}}
        public class HomeController : ControllerBase
        {
            public void Get() { }
        }
        """);

    private static ulong Ask(LoadedAssembly loaded, string method, string path, string? header = null, string? actor = null)
    {
        var request = new FakeRequest(method, path) { Actor = new RequestActor(actor) };
        if (header is not null)
        {
            request.Headers["X-Debug"] = header;
        }

        return request.Ask(loaded.Plan("HomeController.Get"));
    }
}
