using FlightRecorder.Tests.AspNetCore.Match;
using FlightRecorder.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Http.Features;

namespace FlightRecorder.Tests.AspNetCore.Capture;

public sealed class OwnFailureTests
{
    private static readonly InvalidOperationException Fault = new("in a call-out");

    [Test]
    public async Task An_actor_function_that_throws_means_nobody()
    {
        await using TestApp app = await AppAsync(options => options.Actor = _ => throw Fault);

        Assert.That(await app.Client.GetStringAsync("/x"), Is.EqualTo("text"));
        Assert.That((await app.OnlyAsync()).Actor, Is.Null);
        Assert.That(app.Recorder.Counters.Faults, Is.EqualTo(1));
    }

    [Test]
    public async Task A_condition_that_throws_means_no()
    {
        await using TestApp app = await AppAsync(options => options.ShouldRecord = _ => throw Fault);

        Assert.That(await app.Client.GetStringAsync("/x"), Is.EqualTo("text"));
        Assert.That(app.Recorder.Counters.Offered, Is.Zero);
        Assert.That(app.Recorder.Counters.Faults, Is.EqualTo(1));
    }

    [Test]
    public async Task A_condition_that_throws_at_the_end_means_no()
    {
        await using TestApp app = await AppAsync(options => options.ShouldRecord = request => request.Actor is null ? true : throw Fault, "user_1");

        Assert.That(await app.Client.GetStringAsync("/x"), Is.EqualTo("text"));
        await app.SettledAsync(0);
        Assert.That(app.Recorder.Counters.Offered, Is.EqualTo(1));
        Assert.That(app.Recorder.Counters.NotKept, Is.EqualTo(1));
        Assert.That(app.Recorder.Counters.Faults, Is.EqualTo(1));
    }

    [Test]
    public async Task A_filter_of_a_rule_that_throws_means_no()
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", () => "text").Record(rule => rule.Filter = _ => throw Fault));

        Assert.That(await app.Client.GetStringAsync("/x"), Is.EqualTo("text"));
        Assert.That(app.Recorder.Counters.Offered, Is.Zero);
        Assert.That(app.Recorder.Counters.Faults, Is.EqualTo(1));
    }

    [Test]
    public async Task A_failure_at_the_end_changes_nothing_and_is_accounted_for()
    {
        await using TestApp app = await AppAsync(_ => { });
        app.Recorder.Settling = _ => throw Fault;

        Assert.That(await app.Client.GetStringAsync("/x"), Is.EqualTo("text"));
        await app.SettledAsync(0);
        Assert.That(app.Recorder.Counters.Dropped(DropReason.EncodeFailed), Is.EqualTo(1));
    }

    [Test]
    public async Task A_feature_that_throws_at_the_end_changes_nothing_and_leaves_a_gap()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.Use((context, next) =>
            {
                context.Features.Set<IHttpRequestLifetimeFeature>(new ThrowsWhenAsked());
                return next();
            });
            web.UseFlightRecorder();
            web.UseRouting();
            web.MapPost("/x", () => "text").Record();
        });

        using HttpResponseMessage answer = await app.Client.PostAsync("/x", new StringContent("body"));
        await app.SettledAsync(1);

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("text"));
        Assert.That(app.Recorded.Single().Gaps, Is.EqualTo(new[] { "request: the recorder failed: InvalidOperationException" }));
        Assert.That(app.Recorder.Counters.Faults, Is.EqualTo(1));
    }

    [Test]
    public async Task A_route_value_whose_text_cannot_be_had_changes_nothing()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.UseRouting();
            web.Use((context, next) =>
            {
                context.Request.RouteValues["id"] = new ThrowsAsText();
                context.GetEndpoint();
                return next();
            });
            web.UseFlightRecorder();
            web.MapGet("/x/{id}", (HttpContext context) => "text").Record();
        });

        Assert.That(await app.Client.GetStringAsync("/x/1"), Is.EqualTo("text"));
        await app.OnlyAsync();
        Assert.That(app.Recorder.Counters.Faults, Is.EqualTo(1));
    }

    [Test]
    public async Task After_many_failures_in_a_row_the_breaker_lets_every_request_pass()
    {
        await using TestApp app = await AppAsync(options => options.ShouldRecord = _ => throw Fault);

        for (int i = 0; i < FaultGuard.MaxFaults + 5; i++)
        {
            Assert.That(await app.Client.GetStringAsync("/x"), Is.EqualTo("text"));
        }

        Assert.That(app.Recorder.IsOn, Is.False);
        Assert.That(app.Recorder.Counters.Faults, Is.EqualTo(FaultGuard.MaxFaults));
        Assert.That(app.Log.Of(1), Has.Count.EqualTo(1), "reported once");
    }

    [Test]
    public async Task Features_are_put_back_when_a_request_ends_by_an_exception()
    {
        var seen = new List<object?>();
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.Use(async (context, next) =>
            {
                object?[] before = Features(context);
                try
                {
                    await next();
                }
                catch (InvalidOperationException)
                {
                    seen.AddRange(before.Zip(Features(context), (one, other) => ReferenceEquals(one, other) ? null : one));
                }
            });
            web.UseFlightRecorder();
            web.UseRouting();
            web.MapPost("/x", void () => throw Fault).Record();
        });

        await app.Client.PostAsync("/x", new StringContent("body"));
        await app.OnlyAsync();

        Assert.That(seen, Is.EqualTo(new object?[] { null, null, null, null }));
    }

    private sealed class ThrowsWhenAsked : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get => throw Fault; set => throw Fault; }

        public void Abort()
        {
        }
    }

    private sealed class ThrowsAsText
    {
        public override string ToString() => throw Fault;
    }

    private static object?[] Features(HttpContext context) =>
    [
        context.Request.Body,
        context.Features.Get<IHttpResponseBodyFeature>(),
        context.Features.Get<IRequestBodyPipeFeature>(),
        context.Features.Get<IHttpRequestLifetimeFeature>(),
    ];

    private static Task<TestApp> AppAsync(Action<FlightRecorderWebOptions> options, string? user = null)
        => TestApp.StartAsync(
            web =>
            {
                web.Use((context, next) =>
                {
                    context.Request.Headers["x-user"] = user;
                    return next();
                });
                WhichRequestsTests.SignIn(web);
                web.MapGet("/x", () => "text").Record();
            },
            options);
}
