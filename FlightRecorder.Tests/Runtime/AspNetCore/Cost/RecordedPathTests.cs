using System.Text;
using FlightRecorder.Tests.AspNetCore.Support;
using FlightRecorder.Tests.Support.Wire;

namespace FlightRecorder.Tests.AspNetCore.Cost;

[NonParallelizable]
public sealed class RecordedPathTests
{
    private const int Requests = 3000;

    // Encoding and storing have tests of their own: here nothing is kept, so that the capture is all there is.
    [Test]
    public async Task Capturing_a_request_with_both_bodies_allocates_at_most_512_bytes()
    {
        await using TestApp bare = await TestApp.StartBareAsync(app => app.MapPost("/echo", (Note note) => note), _ => { });
        await using TestApp captured = await TestApp.StartAsync(app => app.MapPost("/echo", (Note note) => note).Record(rule => rule.Keep = KeepWhen.Error));
        captured.Recorder.Settling = null;

        double more = PerRequest(captured) - PerRequest(bare);

        TestContext.Out.WriteLine($"{more:0} bytes more per captured request");
        Assert.That(captured.Recorder.Counters.NotKept, Is.GreaterThan(Requests));
        Assert.That(more, Is.LessThanOrEqualTo(512));
    }

    private static double PerRequest(TestApp app)
    {
        string body = $$"""{"text":"{{new string('a', 1000)}}"}""";
        byte[] request = Encoding.ASCII.GetBytes(
            $"POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        using var load = new KeepAliveLoad(app.Port, request, Encoding.ASCII.GetBytes("\r\n0\r\n\r\n"));
        return Allocations.PerRequest(load, Requests);
    }

    private sealed record Note(string Text);
}
