using FlightRecorder.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Diagnostics;

namespace FlightRecorder.Tests.AspNetCore.Capture;

public sealed class ErrorTests
{
    private static readonly InvalidOperationException Boom = new("boom");

    [Test]
    public async Task An_exception_of_an_endpoint_is_recorded_once_and_the_same_object_leaves()
    {
        Exception? left = null;
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            CatchAll(web, error => left = error);
            web.UseFlightRecorder();
            web.UseRouting();
            web.MapGet("/x", void () => throw Boom).Record();
        });

        await GetAsync(app, "/x");
        Snapshot recording = await app.OnlyAsync();

        Assert.That(left, Is.SameAs(Boom));
        Expect(recording, handled: false);
        Assert.That(recording.Status, Is.EqualTo(500));
        Assert.That(recording.Outcome, Is.EqualTo(RecordingOutcome.Failed));
    }

    [Test]
    public async Task An_exception_after_an_await_is_the_same_object()
    {
        Exception? left = null;
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            CatchAll(web, error => left = error);
            web.UseFlightRecorder();
            web.UseRouting();
            web.MapGet("/x", async Task () =>
            {
                await Task.Yield();
                throw Boom;
            }).Record();
        });

        await GetAsync(app, "/x");

        Expect(await app.OnlyAsync(), handled: false);
        Assert.That(left, Is.SameAs(Boom));
    }

    [Test]
    public async Task An_exception_in_middleware_behind_routing_is_recorded()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.UseRouting();
            web.Use((HttpContext _, RequestDelegate _) => throw Boom);
            web.MapGet("/x", () => "").Record();
        });

        await GetAsync(app, "/x");

        Expect(await app.OnlyAsync(), handled: false);
    }

    [Test]
    public async Task An_exception_before_routing_belongs_to_no_endpoint_and_leaves_unchanged()
    {
        Exception? left = null;
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            CatchAll(web, error => left = error);
            web.UseFlightRecorder();
            web.Use((HttpContext _, RequestDelegate _) => throw Boom);
            web.UseRouting();
            web.MapGet("/x", () => "").Record();
        });

        await GetAsync(app, "/x");

        Assert.That(left, Is.SameAs(Boom));
        Assert.That(app.Recorder.Counters.Offered, Is.Zero);
    }

    [Test]
    public async Task An_exception_that_a_handler_handled_is_recorded_as_handled()
    {
        await using TestApp app = await TestApp.StartAsync(
            web =>
            {
                web.UseExceptionHandler(_ => { });
                web.UseRouting();
                web.MapGet("/x", void () => throw Boom).Record();
            },
            build: builder => builder.Services.AddExceptionHandler<Answers409>());

        await GetAsync(app, "/x");
        Snapshot recording = await app.OnlyAsync();

        Expect(recording, handled: true);
        Assert.That(recording.Status, Is.EqualTo(409));
        Assert.That(recording.Response.Text, Is.EqualTo("conflict"));
    }

    [Test]
    public async Task An_error_page_belongs_to_the_request_that_failed()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.UseExceptionHandler("/error");
            web.UseRouting();
            web.MapGet("/x/{id}", void (int id) => throw Boom).Record();
            web.MapGet("/error", () => "sorry").Record();
        });

        await GetAsync(app, "/x/7");
        Snapshot recording = await app.OnlyAsync();

        Expect(recording, handled: true);
        Assert.That(recording.Route, Is.EqualTo("/x/{id}"));
        Assert.That(recording.Path, Is.EqualTo("/x/7"));
        Assert.That(recording.Params["id"], Is.EqualTo("7"));
        Assert.That(recording.Response.Text, Is.EqualTo("sorry"));
        Assert.That(recording.Timeline.Single(entry => entry.Type == "http.request.reexecuted").Detail, Does.Contain("/error"));
    }

    [Test]
    public async Task An_error_page_in_front_of_the_recorder_makes_no_second_recording()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.UseExceptionHandler("/error");
            web.UseFlightRecorder();
            web.UseRouting();
            web.MapGet("/x", void () => throw Boom).Record();
            web.MapGet("/error", () => "sorry").Record();
        });

        string page = await GetAsync(app, "/x");

        Assert.That(page, Is.EqualTo("sorry"));
        Expect(await app.OnlyAsync(), handled: false);
    }

    [Test]
    public async Task An_exception_in_the_exception_handler_is_recorded_beside_the_first()
    {
        var second = new InvalidOperationException("second");
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.UseExceptionHandler(branch => branch.Run(_ => throw second));
            web.UseRouting();
            web.MapGet("/x", void () => throw Boom).Record();
        });

        await GetAsync(app, "/x");
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.Errors.Select(error => error.Exception), Has.Member(Boom));
        Assert.That(recording.Errors, Is.Unique);
        Assert.That(recording.Outcome, Is.EqualTo(RecordingOutcome.Failed));
    }

    [Test]
    public async Task An_exception_that_endpoint_code_reported_itself_counts_once()
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", void () =>
        {
            Flight.Current?.Error(Boom);
            throw Boom;
        }).Record());

        await GetAsync(app, "/x");

        Expect(await app.OnlyAsync(), handled: false);
    }

    [Test]
    public async Task A_bad_request_exception_has_its_own_status()
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", void () => throw new BadHttpRequestException("no", 413)).Record());

        using HttpResponseMessage answer = await app.Client.GetAsync("/x");

        Assert.That((await app.OnlyAsync()).Status, Is.EqualTo((int)answer.StatusCode));
    }

    private static void Expect(Snapshot recording, bool handled)
    {
        Assert.That(recording.Errors.Select(error => error.Exception), Is.EqualTo(new[] { Boom }));
        Assert.That(recording.Errors[0].Handled, Is.EqualTo(handled));
    }

    private static void CatchAll(WebApplication app, Action<Exception> caught)
        => app.Use(async (_, next) =>
        {
            try
            {
                await next();
            }
            catch (Exception error)
            {
                caught(error);
            }
        });

    private static async Task<string> GetAsync(TestApp app, string path)
    {
        using HttpResponseMessage answer = await app.Client.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    private sealed class Answers409 : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            httpContext.Response.StatusCode = 409;
            await httpContext.Response.WriteAsync("conflict", cancellationToken);
            return true;
        }
    }
}
