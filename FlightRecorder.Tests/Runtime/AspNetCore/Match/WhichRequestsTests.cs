using System.Security.Claims;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Match;

public sealed class WhichRequestsTests
{
    private const string File = "/_/Tests/Which.cs";

    [Test]
    public async Task Only_marked_endpoints_are_recorded_and_each_request_once()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.MapGet("/marked", () => "").Record();
            web.MapGet("/unmarked", () => "");
        });

        await GetAsync(app, "/marked");
        await GetAsync(app, "/unmarked");
        await GetAsync(app, "/marked");
        await GetAsync(app, "/nowhere");

        Assert.That((await app.SettledAsync(2)).Select(recording => recording.Path), Is.EqualTo(new[] { "/marked", "/marked" }));
    }

    [Test]
    public async Task The_first_rule_of_a_plan_that_holds_says_what_is_kept()
    {
        RulePlan onlyErrors = new() { Keep = KeepWhen.Error };
        RulePlan always = new() { Bodies = Bodies.None };
        HandlerPlan plan = RegisteredPlans.Plan(
            "Handler", HandlerIdentity.Delegate(File, 1), (in RequestFacts request) => request.Header("x-all") is null ? 0b11UL : 0b10UL, onlyErrors, always);
        using var plans = new RegisteredPlans(plan);
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", () => "text").WithMetadata(new RecordAttribute(File, 1)));

        await GetAsync(app, "/x");
        await GetAsync(app, "/x", "x-all");
        await app.SettledAsync(2);

        Assert.That(app.Recorder.Counters.NotKept, Is.EqualTo(1), "the first rule keeps errors only");
        Assert.That(app.Recorded[0].Response.Text, Is.EqualTo("text"));
        Assert.That(app.Recorded[1].Response.State, Is.EqualTo(BodyState.Skipped), "the second rule keeps no bodies");
        Assert.That(app.Recorded[1].Location, Is.EqualTo("Tests/Handler.cs:1"));
    }

    [Test]
    public async Task A_request_whose_rule_does_not_hold_is_not_begun()
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", () => "").Record(rule => rule.Header = "x-debug"));

        await GetAsync(app, "/x");
        await GetAsync(app, "/x", "x-debug");
        await app.SettledAsync(1);

        Assert.That(app.Recorder.Counters.Offered, Is.EqualTo(1));
    }

    [Test]
    public async Task A_condition_on_the_actor_is_judged_at_the_end()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            SignIn(web);
            web.MapGet("/x", () => "").Record(rule => rule.Actors = ["user_42"]);
        });

        await GetAsync(app, "/x", "x-user", "user_42");
        await GetAsync(app, "/x", "x-user", "user_7");
        await GetAsync(app, "/x");
        await app.SettledAsync(1);

        Assert.That(app.Recorded.Single().Actor, Is.EqualTo(new RequestActor("user_42", "buyer")));
        Assert.That(app.Recorder.Counters.NotKept, Is.EqualTo(2));
    }

    [Test]
    public async Task Bodies_that_only_a_rule_not_chosen_wanted_are_dropped()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            SignIn(web);
            web.MapPost("/x", (Note note) => note)
                .Record(rule => (rule.Actors, rule.Bodies) = (["user_42"], Bodies.Request))
                .Record(rule => (rule.Actors, rule.Bodies) = (["user_7"], Bodies.Response));
        });
        var request = new HttpRequestMessage(HttpMethod.Post, "/x") { Content = JsonContent.Create(new Note("hi")), Headers = { { "x-user", "user_7" } } };

        await app.Client.SendAsync(request);
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.Request.State, Is.EqualTo(BodyState.Skipped));
        Assert.That(recording.Request.Bytes, Is.Empty);
        Assert.That(recording.Response.Text, Is.EqualTo("""{"text":"hi"}"""));
    }

    [TestCase(Bodies.None, "", "")]
    [TestCase(Bodies.Request, "{\"text\":\"hi\"}", "")]
    [TestCase(Bodies.Response, "", "{\"text\":\"hi\"}")]
    [TestCase(Bodies.Both, "{\"text\":\"hi\"}", "{\"text\":\"hi\"}")]
    public async Task The_options_say_which_bodies_are_stored(Bodies bodies, string request, string response)
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapPost("/x", (Note note) => note).Record(), options => options.Bodies = bodies);

        await app.Client.PostAsJsonAsync("/x", new Note("hi"));
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.Request.Text, Is.EqualTo(request));
        Assert.That(recording.Response.Text, Is.EqualTo(response));
    }

    [Test]
    public async Task A_rule_says_it_better_than_the_options()
    {
        await using TestApp app = await TestApp.StartAsync(
            web => web.MapPost("/x", (Note note) => note).Record(rule => rule.Bodies = Bodies.Response), options => options.Bodies = Bodies.None);

        await app.Client.PostAsJsonAsync("/x", new Note("hi"));

        Assert.That((await app.OnlyAsync()).Response.Text, Is.EqualTo("""{"text":"hi"}"""));
    }

    [Test]
    public async Task An_endpoint_that_short_circuits_routing_is_recorded()
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", () => "short").ShortCircuit().Record());

        await GetAsync(app, "/x");

        Assert.That((await app.OnlyAsync()).Response.Text, Is.EqualTo("short"));
    }

    [Test]
    public async Task A_request_that_waits_before_routing_is_recorded()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.Use(async (_, next) =>
            {
                await Task.Yield();
                await next();
            });
            web.UseRouting();
            web.MapGet("/x", () => "late").Record();
            web.MapGet("/unmarked", () => "");
        });

        await GetAsync(app, "/x");
        await GetAsync(app, "/unmarked");
        await GetAsync(app, "/nowhere");

        Assert.That((await app.OnlyAsync()).Response.Text, Is.EqualTo("late"));
    }

    internal static void SignIn(WebApplication app)
        => app.Use((context, next) =>
        {
            if (context.Request.Headers["x-user"] is [{ } id])
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id), new(ClaimTypes.Role, "buyer")], "test"));
            }

            return next();
        });

    internal static async Task GetAsync(TestApp app, string path, string? header = null, string value = "1")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null)
        {
            request.Headers.Add(header, value);
        }

        using HttpResponseMessage answer = await app.Client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.LessThan(500), await answer.Content.ReadAsStringAsync());
    }

    private sealed record Note(string Text);
}
