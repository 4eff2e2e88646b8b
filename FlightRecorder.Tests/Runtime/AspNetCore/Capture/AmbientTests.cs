using FlightRecorder.Tests.AspNetCore.Match;
using FlightRecorder.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlightRecorder.Tests.AspNetCore.Capture;

public sealed class AmbientTests
{
    [Test]
    public async Task Endpoint_code_finds_its_recording_before_and_after_an_await()
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", async () =>
        {
            Flight.Current?.Mark("before");
            await Task.Yield();
            Flight.Current?.Mark("after", 7);
        }).Record());

        await WhichRequestsTests.GetAsync(app, "/x");

        Assert.That(Marks(await app.OnlyAsync()), Is.EqualTo(new[] { "before", "after" }));
    }

    [Test]
    public async Task It_is_found_behind_a_route_policy_that_is_asynchronous()
    {
        await using TestApp app = await TestApp.StartAsync(
            web => web.MapGet("/x", () => Flight.Current?.Mark("found")).Record(),
            build: builder => builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, YieldingPolicy>()));

        await WhichRequestsTests.GetAsync(app, "/x");

        Assert.That(Marks(await app.OnlyAsync()), Is.EqualTo(new[] { "found" }));
    }

    [Test]
    public async Task It_is_null_in_an_unmarked_request_and_after_a_marked_one()
    {
        var seen = new List<bool>();
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.Use(async (_, next) =>
            {
                await next();
                seen.Add(Flight.Current is not null);
            });
            web.UseFlightRecorder();
            web.UseRouting();
            web.MapGet("/marked", () => "").Record();
            web.MapGet("/unmarked", () => seen.Add(Flight.Current is not null));
        });

        await WhichRequestsTests.GetAsync(app, "/marked");
        await WhichRequestsTests.GetAsync(app, "/unmarked");
        await app.SettledAsync(1);

        Assert.That(seen, Is.EqualTo(new[] { false, false, false }));
    }

    [Test]
    public async Task An_operation_inside_a_request_keeps_its_own_recording()
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapGet("/x", (HttpContext context) =>
        {
            using Operation operation = Flight.Begin("inner");
            context.GetEndpoint();
            Flight.Current?.Mark("in the operation");
            return "";
        }).Record());

        await WhichRequestsTests.GetAsync(app, "/x");
        IReadOnlyList<Snapshot> recorded = await app.SettledAsync(2);

        Assert.That(Marks(recorded.Single(recording => recording.Name == "inner")), Is.EqualTo(new[] { "in the operation" }));
    }

    [Test]
    public async Task The_context_tells_it_outside_the_flow()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.MapGet("/x", async (HttpContext context) =>
            {
                Task outside;
                using (ExecutionContext.SuppressFlow())
                {
                    outside = Task.Run(() => context.Recording()?.Mark(Flight.Current is null ? "outside" : "inside"));
                }

                await outside;
            }).Record();
            web.MapGet("/unmarked", (HttpContext context) => Assert.That(context.Recording(), Is.Null));
        });

        await WhichRequestsTests.GetAsync(app, "/x");
        await WhichRequestsTests.GetAsync(app, "/unmarked");

        Assert.That(Marks(await app.OnlyAsync()), Is.EqualTo(new[] { "outside" }));
    }

    [Test]
    public async Task A_task_that_outlives_its_request_writes_nothing_into_the_next()
    {
        var gate = new TaskCompletionSource();
        Task? late = null;
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.MapGet("/first", (HttpContext context) =>
            {
                AmbientRecording kept = Flight.Current!.Value;
                late = LateAsync(gate.Task, kept, context.Response.Body);
                return "first";
            }).Record();
            web.MapGet("/second", async () =>
            {
                gate.SetResult();
                await late!;
                Flight.Current?.Mark("own");
                return "second";
            }).Record();
        });

        await app.ExchangeAsync("GET /first HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
        await app.SettledAsync(1);
        await app.ExchangeAsync("GET /second HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
        IReadOnlyList<Snapshot> recorded = await app.SettledAsync(2);

        Assert.Multiple(() =>
        {
            Assert.That(Marks(recorded[0]), Is.Empty);
            Assert.That(Marks(recorded[1]), Is.EqualTo(new[] { "own" }));
            Assert.That(recorded[1].Response.Text, Is.EqualTo("second"));
            Assert.That(app.Recorder.Counters.LateWrites, Is.EqualTo(1));
        });
    }

    private static async Task LateAsync(Task gate, AmbientRecording kept, Stream body)
    {
        await gate;
        Flight.Current?.Mark("late by the flow");
        kept.Mark("late by the handle");
        try
        {
            await body.WriteAsync("late"u8.ToArray());
        }
        catch (Exception error) when (error is ObjectDisposedException or InvalidOperationException)
        {
            // The server's own answer to a write after the end.
        }
    }

    private static string?[] Marks(Snapshot recording) => [.. recording.Timeline.Where(entry => entry.Type == "mark").Select(entry => entry.Detail)];

    private sealed class YieldingPolicy : MatcherPolicy, IEndpointSelectorPolicy
    {
        public override int Order => 0;

        public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => true;

        public async Task ApplyAsync(HttpContext httpContext, CandidateSet candidates) => await Task.Yield();
    }
}
