using System.Diagnostics;
using FlightRecorder.Tests.AspNetCore.Match;
using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Capture;

public sealed class FactsTests
{
    [Test]
    public async Task A_request_id_that_is_fit_to_print_is_taken_over()
    {
        await using TestApp app = await AppAsync();

        await WhichRequestsTests.GetAsync(app, "/x", "x-request-id", "abc-123");

        Assert.That((await app.OnlyAsync()).RequestId, Is.EqualTo("abc-123"));
    }

    [Test]
    public async Task A_request_id_that_is_too_long_is_replaced_by_the_servers()
    {
        await using TestApp app = await AppAsync();

        await WhichRequestsTests.GetAsync(app, "/x", "x-request-id", new string('a', 129));
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.RequestId, Does.Match("^[0-9A-V]{13}:[0-9A-F]{8}$"));
    }

    [Test]
    public async Task A_request_id_with_a_control_character_is_replaced_by_the_servers()
    {
        await using TestApp app = await AppAsync();

        await app.ExchangeAsync("GET /x HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-Request-Id: a\tb\r\n\r\n");

        Assert.That((await app.OnlyAsync()).RequestId, Does.Match("^[0-9A-V]{13}:[0-9A-F]{8}$"));
    }

    [Test]
    public async Task The_header_of_the_request_id_is_an_option()
    {
        await using TestApp app = await AppAsync(options => options.RequestIdHeader = "x-correlation");

        await WhichRequestsTests.GetAsync(app, "/x", "x-correlation", "c-1");

        Assert.That((await app.OnlyAsync()).RequestId, Is.EqualTo("c-1"));
    }

    [Test]
    public async Task Only_allowed_headers_are_copied()
    {
        await using TestApp app = await AppAsync(options =>
        {
            options.RequestHeaders = ["x-one", "x-many-*"];
            options.ResponseHeaders = ["access-control-*", "etag"];
        });
        var request = new HttpRequestMessage(HttpMethod.Get, "/x")
        {
            Headers = { { "X-One", "1" }, { "X-Many-A", "a" }, { "X-Many-B", ["b", "c"] }, { "X-Other", "no" }, { "User-Agent", "no" } },
        };

        await app.Client.SendAsync(request);
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.RequestHeaders, Is.EquivalentTo(new Dictionary<string, string> { ["x-one"] = "1", ["x-many-a"] = "a", ["x-many-b"] = "b, c" }));
        Assert.That(recording.ResponseHeaders, Is.EquivalentTo(new Dictionary<string, string> { ["access-control-allow-origin"] = "*", ["etag"] = "\"1\"" }));
    }

    [Test]
    public async Task The_default_headers_are_those_that_tell_something_and_no_secret()
    {
        await using TestApp app = await AppAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/x") { Headers = { { "Authorization", "Bearer x" }, { "Cookie", "a=b" }, { "User-Agent", "tests" } } };

        await app.Client.SendAsync(request);
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.RequestHeaders.Keys, Is.EqualTo(new[] { "user-agent" }));
        Assert.That(recording.ResponseHeaders.Keys, Is.EquivalentTo(new[] { "content-type", "etag", "access-control-allow-origin" }));
    }

    [Test]
    public async Task The_trace_comes_from_the_requests_activity_where_there_is_one()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        string? span = null;
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", () => span = Activity.Current!.SpanId.ToHexString()).Record());

        await WhichRequestsTests.GetAsync(app, "/x", "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.TraceId, Is.EqualTo("4bf92f3577b34da6a3ce929d0e0e4736"));
        Assert.That(recording.SpanId, Is.EqualTo(span));
        Assert.That(recording.ParentSpanId, Is.EqualTo("00f067aa0ba902b7"));
    }

    [Test]
    public async Task The_path_contains_the_base_path()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.UsePathBase("/base");
            web.UseRouting();
            web.MapGet("/x", () => "").Record();
        });

        await WhichRequestsTests.GetAsync(app, "/base/x");

        Assert.That((await app.OnlyAsync()).Path, Is.EqualTo("/base/x"));
    }

    [Test]
    public async Task The_actor_is_what_the_option_says()
    {
        await using TestApp app = await AppAsync(options => options.Actor = context => new RequestActor(context.Request.Headers["x-key"]) { Email = "a@b.c" });

        await WhichRequestsTests.GetAsync(app, "/x", "x-key", "machine");

        Assert.That((await app.OnlyAsync()).Actor, Is.EqualTo(new RequestActor("machine") { Email = "a@b.c" }));
    }

    [Test]
    public async Task A_body_beyond_the_limit_is_cut_and_counted()
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", () => "0123456789").Record(), options => options.MaxBodyBytes = 4);

        await WhichRequestsTests.GetAsync(app, "/x");
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.Response.Text, Is.EqualTo("0123"));
        Assert.That(recording.Response.TotalBytes, Is.EqualTo(10));
        Assert.That(recording.Response.State, Is.EqualTo(BodyState.Truncated));
    }

    [Test]
    public async Task A_compressed_response_is_not_kept_and_says_so()
    {
        await using TestApp app = await TestApp.StartAsync(
            web =>
            {
                web.UseResponseCompression();
                web.MapGet("/x", () => new string('a', 5000)).Record();
            },
            build: builder => builder.Services.AddResponseCompression());

        await WhichRequestsTests.GetAsync(app, "/x", "accept-encoding", "gzip");
        Snapshot recording = await app.OnlyAsync();

        Assert.That(recording.Response.State, Is.EqualTo(BodyState.Skipped));
        Assert.That(recording.Gaps, Is.EqualTo(new[] { "response.body: content encoding" }));
    }

    private static Task<TestApp> AppAsync(Action<FlightRecorderWebOptions>? options = null)
        => TestApp.StartAsync(
            web => web.MapGet("/x", (HttpContext context) =>
            {
                context.Response.Headers.ETag = "\"1\"";
                context.Response.Headers.AccessControlAllowOrigin = "*";
                context.Response.Headers.SetCookie = "a=b";
                return "text";
            }).Record(),
            options);
}
