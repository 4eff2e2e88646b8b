using FlightRecorder.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.TestHost;

namespace FlightRecorder.Tests.AspNetCore.Hosting;

/// <summary>A server other than Kestrel has fewer features of its own; e2e suites run on this one.</summary>
public sealed class TestServerTests
{
    [Test]
    public async Task Both_bodies_are_recorded_on_the_in_process_server()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddFlightRecorder().UseMemoryStore();
        await using WebApplication app = builder.Build();
        app.MapPost("/json", (Dictionary<string, int> body) => body).Record();
        app.MapPost("/pipe", (HttpContext context) => context.Request.BodyReader.CopyToAsync(context.Response.BodyWriter)).Record();
        app.MapGet("/unmarked", () => "plain");
        await app.StartAsync();
        var recorded = new List<Snapshot>();
        app.Services.GetRequiredService<Recorder>().Settling = recording => recorded.Add(new Snapshot(recording));
        using HttpClient client = app.GetTestClient();

        string json = await (await client.PostAsJsonAsync("/json", new Dictionary<string, int> { ["a"] = 1 })).Content.ReadAsStringAsync();
        string pipe = await (await client.PostAsync("/pipe", new StringContent("text"))).Content.ReadAsStringAsync();
        string plain = await client.GetStringAsync("/unmarked");
        Assert.That(() => recorded.Count, Is.EqualTo(2).After(20_000, 5));

        Assert.Multiple(() =>
        {
            Assert.That((json, pipe, plain), Is.EqualTo(("""{"a":1}""", "text", "plain")));
            Assert.That(recorded.Select(recording => recording.Request.Text), Is.EqualTo(new[] { """{"a":1}""", "text" }));
            Assert.That(recorded.Select(recording => recording.Response.Text), Is.EqualTo(new[] { """{"a":1}""", "text" }));
            Assert.That(recorded.Select(recording => recording.Request.State), Has.All.EqualTo(BodyState.Complete));
        });
    }
}
