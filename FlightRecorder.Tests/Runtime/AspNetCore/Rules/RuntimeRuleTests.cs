using FlightRecorder.AspNetCore;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.AspNetCore.Rules;

public sealed class RuntimeRuleTests
{
    [TestCase("POST", true)]
    [TestCase("post", true)]
    [TestCase("GET", false)]
    public void Methods_are_compared_without_case(string method, bool holds)
        => Assert.That(Holds(new RecordRule { Methods = ["POST", "PUT"] }, new Facts { MethodValue = method }), Is.EqualTo(holds));

    [TestCase("/api/orders/1", true)]
    [TestCase("/other", false)]
    public void The_route_is_a_glob_over_the_path(string path, bool holds)
        => Assert.That(Holds(new RecordRule { Route = "/api/**" }, new Facts { PathValue = path }), Is.EqualTo(holds));

    [Test]
    public void A_header_must_be_there()
    {
        var rule = new RecordRule { Header = "x-debug" };

        Assert.That(Holds(rule, new Facts { Headers = { ["x-debug"] = "anything" } }), Is.True);
        Assert.That(Holds(rule, new Facts()), Is.False);
    }

    [Test]
    public void A_header_must_have_one_of_the_values()
    {
        var rule = new RecordRule { Header = "x-debug", HeaderValues = ["on", "full"] };

        Assert.That(Holds(rule, new Facts { Headers = { ["x-debug"] = "full" } }), Is.True);
        Assert.That(Holds(rule, new Facts { Headers = { ["x-debug"] = "off" } }), Is.False);
    }

    [Test]
    public void Actors_are_compared_once_they_are_known()
    {
        var facts = new Facts();
        var rule = new RuntimeRule(new RecordRule { Actors = ["user_42"] });

        Assert.That(rule.Holds(new RequestFacts(facts)), Is.False);
        Assert.That(facts.ActorAsked, Is.True);
        facts.Actor = new RequestActor("user_42");
        Assert.That(rule.Holds(new RequestFacts(facts)), Is.True);
    }

    [Test]
    public void The_actor_is_not_asked_for_when_another_condition_fails()
    {
        var facts = new Facts { MethodValue = "GET" };
        new RuntimeRule(new RecordRule { Methods = ["POST"], Actors = ["user_42"] }).Holds(new RequestFacts(facts));

        Assert.That(facts.ActorAsked, Is.False);
    }

    [Test]
    public void A_sample_is_the_share_asked_for_and_the_same_for_both_judgements()
    {
        var rule = new RuntimeRule(new RecordRule { SampleRate = 0.25 });
        int held = 0;
        for (int i = 0; i < 4000; i++)
        {
            var facts = new Facts();
            bool first = rule.Holds(new RequestFacts(facts));
            Assert.That(rule.Holds(new RequestFacts(facts)), Is.EqualTo(first));
            held += first ? 1 : 0;
        }

        Assert.That(held, Is.InRange(800, 1200));
    }

    [Test]
    public void A_filter_of_ones_own_is_asked()
    {
        var rule = new RecordRule { Filter = request => request.RequestId == "r-1" };

        Assert.That(Holds(rule, new Facts { RequestIdValue = "r-1" }), Is.True);
        Assert.That(Holds(rule, new Facts { RequestIdValue = "r-2" }), Is.False);
    }

    [Test]
    public void All_conditions_of_one_rule_must_hold()
    {
        var rule = new RecordRule { Methods = ["GET"], Route = "/a", Header = "x" };

        Assert.That(Holds(rule, new Facts { MethodValue = "GET", PathValue = "/a", Headers = { ["x"] = "1" } }), Is.True);
        Assert.That(Holds(rule, new Facts { MethodValue = "GET", PathValue = "/a" }), Is.False);
    }

    [TestCase(-0.1, "SampleRate is -0.1; allowed: 0 to 1")]
    [TestCase(1.5, "SampleRate is 1.5; allowed: 0 to 1")]
    [TestCase(double.NaN, "SampleRate is NaN; allowed: 0 to 1")]
    public void A_wrong_sample_rate_is_refused_when_the_rule_is_written(double rate, string message)
        => Assert.That(() => Endpoint().Record(rule => rule.SampleRate = rate), Refused(message));

    [Test]
    public void Other_wrong_values_are_refused_too()
    {
        Assert.That(() => Endpoint().Record(rule => rule.SlowMilliseconds = -1), Refused("SlowMilliseconds is -1; allowed: 0 to 3600000"));
        Assert.That(() => Endpoint().Record(rule => rule.Bodies = (Bodies)9), Refused("Bodies is 9; allowed: Default, None, Request, Response, Both"));
        Assert.That(() => Endpoint().Record(rule => rule.Keep = (KeepWhen)64), Refused("Keep is 64"));
        Assert.That(() => Endpoint().Record(rule => rule.HeaderValues = ["on"]), Refused("only together with Header"));
        Assert.That(() => Endpoint().Record(rule => rule.Methods = [""]), Refused("Methods:0 is \"\""));
        Assert.That(() => Endpoint().Record(rule => rule.Route = ""), Refused("Route is \"\""));
    }

    private static RouteHandlerBuilder Endpoint() => WebApplication.CreateBuilder().Build().MapGet("/", () => "");

    private static NUnit.Framework.Constraints.IResolveConstraint Refused(string message)
        => Throws.TypeOf<FlightRecorderConfigurationException>().With.Message.Contains(message);

    private static bool Holds(RecordRule rule, Facts facts) => new RuntimeRule(rule).Holds(new RequestFacts(facts));

    private sealed class Facts : RequestFactsSource
    {
        public string MethodValue { get; init; } = "GET";

        public string PathValue { get; init; } = "/";

        public string RequestIdValue { get; init; } = "";

        public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

        public override string Method => MethodValue;

        public override string Path => PathValue;

        public override string? Route => null;

        public override string RequestId => RequestIdValue;

        public override string? Header(string name) => Headers.GetValueOrDefault(name);
    }
}
