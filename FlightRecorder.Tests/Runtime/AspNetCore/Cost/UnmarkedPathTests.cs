using System.Diagnostics;
using System.Text;
using FlightRecorder.AspNetCore;
using FlightRecorder.Tests.AspNetCore.Support;
using FlightRecorder.Tests.Support.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.AspNetCore.Cost;

[NonParallelizable]
public sealed class UnmarkedPathTests
{
    private const int Rounds = 20_000;

    private static readonly Endpoint Unmarked = new(null, EndpointMetadataCollection.Empty, "unmarked");

    [Test]
    public void An_endpoint_without_a_plan_allocates_nothing_extra()
        => Assert.That(AllocatedPerRound(Task.CompletedTask), Is.Zero);

    [Test]
    public void An_endpoint_without_a_plan_that_suspends_allocates_nothing_extra()
        => Assert.That(AllocatedPerRound(new TaskCompletionSource().Task), Is.Zero);

    [Test]
    public void The_task_of_an_unmarked_endpoint_is_returned_as_it_is()
    {
        Task endpoint = new TaskCompletionSource().Task;
        (RequestDelegate pipeline, DefaultHttpContext context) = Pipeline(endpoint);

        Assert.That(pipeline(context), Is.SameAs(endpoint));
    }

    [Test]
    public void A_recorder_that_is_switched_off_allocates_nothing()
    {
        (RequestDelegate pipeline, DefaultHttpContext context) = Pipeline(Task.CompletedTask, options => options.Enabled = false);

        Assert.That(Allocated(pipeline, context), Is.Zero);
    }

    [Test]
    public async Task Unmarked_requests_over_Kestrel_allocate_as_many_bytes_as_without_the_recorder()
    {
        await using TestApp bare = await TestApp.StartBareAsync(Map, _ => { });
        await using TestApp unmarked = await TestApp.StartAsync(Map);

        foreach (string path in new[] { "/now", "/later" })
        {
            double difference = PerRequest(unmarked, path) - PerRequest(bare, path);
            TestContext.Out.WriteLine($"{path}: {difference:0.0} bytes more per unmarked request");

            // The smallest object has 24 bytes; what stays below is the noise of other threads.
            Assert.That(difference, Is.LessThan(24));
        }
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/now", () => "now");
        app.MapGet("/later", async () =>
        {
            await Task.Yield();
            return "later";
        });
    }

    private static double PerRequest(TestApp app, string path)
    {
        byte[] request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: test\r\n\r\n");
        using var load = new KeepAliveLoad(app.Port, request, Encoding.ASCII.GetBytes("\r\n0\r\n\r\n"));
        return Allocations.PerRequest(load, 2000);
    }

    private static double AllocatedPerRound(Task endpoint)
    {
        (RequestDelegate pipeline, DefaultHttpContext context) = Pipeline(endpoint);
        double allocated = Allocated(pipeline, context);
        long start = Stopwatch.GetTimestamp();
        Allocated(pipeline, context);
        TestContext.Out.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalNanoseconds / Rounds:0} ns per unmarked request, the pipeline included");
        return allocated;
    }

    private static double Allocated(RequestDelegate pipeline, HttpContext context)
    {
        for (int i = 0; i < 100; i++)
        {
            Round(pipeline, context);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            Round(pipeline, context);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Rounds;
    }

    private static void Round(RequestDelegate pipeline, HttpContext context)
    {
        context.SetEndpoint(null);
        _ = pipeline(context);
    }

    private static (RequestDelegate Pipeline, DefaultHttpContext Context) Pipeline(Task endpoint, Action<FlightRecorderWebOptions>? configure = null)
    {
        var options = new FlightRecorderWebOptions();
        configure?.Invoke(options);
        var recorder = new Recorder(options, new MemoryStore(1), NullLogger.Instance);
        var web = new WebRecorder(recorder, options, NullLoggerFactory.Instance);
        var middleware = new FlightMiddleware(
            context =>
            {
                context.SetEndpoint(Unmarked);
                return endpoint;
            },
            web);
        var http = new DefaultHttpContext();
        http.SetEndpoint(Unmarked);
        return (middleware.InvokeAsync, http);
    }
}
