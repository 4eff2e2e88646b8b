using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Generators.Harness;

namespace FlightRecorder.Tests.Generators.Parse;

internal sealed class RuleConditionTests
{
    [TestCase("/orders", "PathIs(in request, \"/orders\")")]
    [TestCase("orders", "PathIs(in request, \"/orders\")")]
    [TestCase("/api/**", "PathUnder(in request, \"/api\")")]
    [TestCase("/a/*/**", "PathMatches(in request, \"/a/*/**\")")]
    [TestCase("/a/**/b", "PathMatches(in request, \"/a/**/b\")")]
    [TestCase("/a*", "PathMatches(in request, \"/a*\")")]
    [TestCase("/**", "=> true;")]
    [TestCase("**", "=> true;")]
    public void A_route_becomes_the_cheapest_condition(string route, string expected)
        => Assert.That(Filters($"Route = \"{route}\""), Does.Contain(expected));

    [Test]
    public void A_rate_of_one_is_no_condition() => Assert.That(Filters("SampleRate = 1"), Does.Contain("=> true;"));

    [Test]
    public void A_small_rate_is_printed_exactly() => Assert.That(Filters("SampleRate = 1e-7"), Does.Contain("Sampled(in request, 1E-07)"));

    [Test]
    public void A_rate_of_zero_never_holds()
    {
        HandlerPlan plan = LoadedAssembly.Of(Source("SampleRate = 0")).Plan("Handlers.Get");
        Assert.That(new FakeRequest("GET", "/").Ask(plan), Is.Zero);
    }

    [Test]
    public void Without_actors_the_actor_is_not_asked_for()
    {
        HandlerPlan plan = LoadedAssembly.Of(Source("Methods = [\"GET\"]")).Plan("Handlers.Get");
        var request = new FakeRequest("GET", "/");
        Assert.That(request.Ask(plan), Is.EqualTo(1));
        Assert.That(request.ActorAsked, Is.False);
    }

    [Test]
    public void The_actor_is_asked_for_only_when_everything_else_holds()
    {
        HandlerPlan plan = LoadedAssembly.Of(Source("Methods = [\"GET\"], Actors = [\"u1\", \"u2\"]")).Plan("Handlers.Get");
        var other = new FakeRequest("POST", "/");
        Assert.That(other.Ask(plan), Is.Zero);
        Assert.That(other.ActorAsked, Is.False);
        var request = new FakeRequest("GET", "/") { Actor = new RequestActor("u2") };
        Assert.That(request.Ask(plan), Is.EqualTo(1));
        Assert.That(request.ActorAsked, Is.True);
    }

    [Test]
    public void A_filter_is_called_directly()
    {
        HandlerPlan plan = LoadedAssembly.Of("""
            public abstract class HeaderFilter
            {
                public static bool ShouldRecord(in RequestFacts request) => request.Header("x") == "1";
            }

            internal sealed class OnlyOne : HeaderFilter, IRecordFilter;

            public static class Handlers
            {
                [Record(Filter = typeof(OnlyOne))]
                public static string Get() => "";
            }
            """).Plan("Handlers.Get");
        Assert.That(new FakeRequest("GET", "/") { Headers = { ["x"] = "1" } }.Ask(plan), Is.EqualTo(1));
        Assert.That(new FakeRequest("GET", "/").Ask(plan), Is.Zero);
    }

    [Test]
    public void A_filter_whose_public_method_is_another_one_breaks_no_build()
        => GeneratorRun.Of("""
            internal sealed class Odd : IRecordFilter
            {
                public static bool ShouldRecord(int number) => true;

                static bool IRecordFilter.ShouldRecord(in RequestFacts request) => true;
            }

            public static class Handlers
            {
                [Record(Filter = typeof(Odd))]
                public static string Get() => "";
            }
            """).Compiles();

    [Test]
    public void A_filter_that_cannot_be_called_records_nothing_and_breaks_no_build()
    {
        HandlerPlan plan = LoadedAssembly.Of("""
            public static class Handlers
            {
                [Record(Filter = typeof(Hidden))]
                public static string Get() => "";

                private sealed class Hidden : IRecordFilter
                {
                    public static bool ShouldRecord(in RequestFacts request) => true;
                }
            }
            """).Plan("Handlers.Get");
        Assert.That(new FakeRequest("GET", "/").Ask(plan), Is.Zero);
    }

    [Test]
    public void Quotes_and_backslashes_in_conditions_stay_what_they_are()
    {
        HandlerPlan plan = LoadedAssembly.Of(Source("""Header = "x\"y", HeaderValues = ["a\\b\n{0}"]""")).Plan("Handlers.Get");
        Assert.That(new FakeRequest("GET", "/") { Headers = { ["x\"y"] = "a\\b\n{0}" } }.Ask(plan), Is.EqualTo(1));
    }

    [Test]
    public void Keep_slow_and_bodies_reach_the_plan()
    {
        RulePlan rule = LoadedAssembly.Of(Source("Keep = KeepWhen.Slow | KeepWhen.Mutation, SlowMilliseconds = 7, Bodies = Bodies.Request")).Plan("Handlers.Get").Rules.Single();
        Assert.That((rule.Keep, rule.SlowMilliseconds, rule.Bodies), Is.EqualTo((KeepWhen.Slow | KeepWhen.Mutation, 7, Bodies.Request)));
    }

    [Test]
    public void Every_value_of_bodies_and_keep_is_known_by_its_own_name([Values] Bodies bodies, [Values] KeepWhen keep)
    {
        LoadedAssembly loaded = LoadedAssembly.Of($$"""
            public static class Handlers
            {
                [Record(Bodies = Bodies.{{bodies}}, Keep = KeepWhen.{{keep}})]
                public static string Get() => "";
            }
            """);
        RulePlan rule = loaded.Plan("Handlers.Get").Rules.Single();
        Assert.That((rule.Bodies, rule.Keep), Is.EqualTo((bodies, keep)));
    }

    [Test]
    public void Every_redact_mode_is_known_by_its_own_name([Values] RedactMode mode)
    {
        LoadedAssembly loaded = LoadedAssembly.Of($"public static class Handlers {{ [Record] public static void Get([Redact(RedactMode.{mode})] string token) {{ }} }}");
        Assert.That(LoadedAssembly.Rules(loaded.Plan("Handlers.Get").Parameters), Is.EqualTo(new[] { $"token: {mode}" }));
    }

    [Test]
    public void The_generators_version_is_the_runtimes()
        => Assert.That(
            LoadedAssembly.Of(Source("")).Generated.GeneratorVersion,
            Is.EqualTo(typeof(GeneratedCode).Assembly.GetName().Version!.ToString(3)));

    private static string Filters(string rule) => GeneratorRun.Of(Source(rule)).Compiles().Filters;

    private static string Source(string rule) => $$"""
        public static class Handlers
        {
            [Record({{rule}})]
            public static string Get() => "";
        }
        """;
}
