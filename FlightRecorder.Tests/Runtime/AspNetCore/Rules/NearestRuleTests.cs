using FlightRecorder.AspNetCore;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Rules;

public sealed class NearestRuleTests
{
    private const string File = "/_/Tests/Nearest.cs";

    [Test]
    public async Task A_group_records_all_its_endpoints_and_no_other()
    {
        await using var endpoints = new Endpoints(app =>
        {
            RouteGroupBuilder group = app.MapGroup("/in").Record();
            group.MapGet("/one", () => "");
            group.MapGet("/two", () => "");
            app.MapGet("/out", () => "");
        });

        Assert.That(endpoints["/in/one"].IsRecorded, Is.True);
        Assert.That(endpoints["/in/two"].IsRecorded, Is.True);
        Assert.That(endpoints["/out"].IsRecorded, Is.False);
    }

    [Test]
    public async Task An_inner_group_replaces_an_outer_one_and_an_endpoint_its_groups()
    {
        await using var endpoints = new Endpoints(app =>
        {
            RouteGroupBuilder outer = app.MapGroup("/a").Record(rule => rule.SlowMilliseconds = 1);
            RouteGroupBuilder inner = outer.MapGroup("/b").Record(rule => rule.SlowMilliseconds = 2);
            outer.MapGet("/x", () => "");
            inner.MapGet("/x", () => "");
            inner.MapGet("/y", () => "").Record(rule => rule.SlowMilliseconds = 3);
        });

        Assert.That(Slow(endpoints["/a/x"]), Is.EqualTo(new[] { 1 }));
        Assert.That(Slow(endpoints["/a/b/x"]), Is.EqualTo(new[] { 2 }));
        Assert.That(Slow(endpoints["/a/b/y"]), Is.EqualTo(new[] { 3 }));
    }

    [Test]
    public async Task Several_rules_at_one_place_are_alternatives()
    {
        await using var endpoints = new Endpoints(app =>
            app.MapGroup("/a").Record(rule => rule.SlowMilliseconds = 1).Record(rule => rule.SlowMilliseconds = 2).MapGet("/x", () => ""));

        Assert.That(Slow(endpoints["/a/x"]), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task An_attribute_of_the_handler_replaces_the_rule_of_its_group()
    {
        using var plans = new RegisteredPlans(RegisteredPlans.Plan("Own", HandlerIdentity.Delegate(File, 1)));
        await using var endpoints = new Endpoints(app => app.MapGroup("/a").Record().MapGet("/x", () => "").WithMetadata(new RecordAttribute(File, 1)));

        Assert.That(endpoints["/a/x"].UsesCompiledRules, Is.True);
        Assert.That(endpoints["/a/x"].Rules, Is.Empty);
    }

    [Test]
    public async Task The_rule_of_a_group_replaces_that_of_the_assembly_and_keeps_its_knowledge_of_the_handler()
    {
        HandlerPlan fallback = RegisteredPlans.Plan("Assembly", HandlerIdentity.Delegate("", 0));
        using var plans = new RegisteredPlans(fallback, []);
        await using var endpoints = new Endpoints(app => app.MapGroup("/a").Record(rule => rule.SlowMilliseconds = 5).MapGet("/x", () => ""));

        Assert.That(endpoints["/a/x"].UsesCompiledRules, Is.False);
        Assert.That(endpoints["/a/x"].Handler!.Name, Is.EqualTo("Assembly"));
        Assert.That(Slow(endpoints["/a/x"]), Is.EqualTo(new[] { 5 }));
    }

    [Test]
    public async Task Do_not_record_wins_over_every_rule()
    {
        await using var endpoints = new Endpoints(
            app =>
            {
                RouteGroupBuilder group = app.MapGroup("/a").Record();
                group.MapGet("/x", () => "").Record().DoNotRecord();
                group.MapGet("/y", [DoNotRecord] () => "");
                app.MapGroup("/b").DoNotRecord().MapGet("/x", () => "").Record();
            },
            recordEverything: true);

        Assert.That(endpoints["/a/x"].IsRecorded, Is.False);
        Assert.That(endpoints["/a/y"].IsRecorded, Is.False);
        Assert.That(endpoints["/b/x"].IsRecorded, Is.False);
    }

    [Test]
    public async Task Record_everything_covers_endpoints_without_a_rule()
    {
        await using var endpoints = new Endpoints(app => app.MapGet("/x", () => ""), recordEverything: true);

        Assert.That(endpoints["/x"].Rules.Single(), Is.SameAs(RuntimeRule.Always));
    }

    private static int[] Slow(EndpointPlan plan) => [.. plan.Rules.Select(rule => rule.Outcome.SlowMilliseconds)];
}
