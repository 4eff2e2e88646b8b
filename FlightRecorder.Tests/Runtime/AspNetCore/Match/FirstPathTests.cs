using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Match;

public sealed class FirstPathTests
{
    [Test]
    public async Task A_marked_request_is_recorded_with_both_bodies_and_its_facts()
    {
        await using TestApp app = await TestApp.StartAsync(web => web.MapPost("/orders/{id}", (int id, Order order) => new Order(order.Name, order.Qty + id)).Record());

        HttpResponseMessage answer = await app.Client.PostAsJsonAsync("/orders/7?a=1&b=x%20y&a=2", new Order("pen", 2));
        Snapshot recording = await app.OnlyAsync();

        Assert.Multiple(() =>
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(200));
            Assert.That(recording.Method, Is.EqualTo("POST"));
            Assert.That(recording.Path, Is.EqualTo("/orders/7"));
            Assert.That(recording.Route, Is.EqualTo("/orders/{id}"));
            Assert.That(recording.Params["id"], Is.EqualTo("7"));
            Assert.That(recording.Query["a"], Is.EqualTo("1,2"));
            Assert.That(recording.Query["b"], Is.EqualTo("x y"));
            Assert.That(recording.Request.Text, Is.EqualTo("""{"name":"pen","qty":2}"""));
            Assert.That(recording.Request.State, Is.EqualTo(BodyState.Complete));
            Assert.That(recording.Response.Text, Is.EqualTo("""{"name":"pen","qty":9}"""));
            Assert.That(recording.Response.State, Is.EqualTo(BodyState.Complete));
            Assert.That(recording.Status, Is.EqualTo(200));
            Assert.That(recording.Outcome, Is.EqualTo(RecordingOutcome.Completed));
            Assert.That(recording.RequestHeaders["content-type"], Does.StartWith("application/json"));
            Assert.That(recording.ResponseHeaders["content-type"], Does.StartWith("application/json"));
            Assert.That(recording.Gaps, Is.Empty);
            Assert.That(app.Recorder.Counters.Faults, Is.Zero);
        });
    }

    private sealed record Order(string Name, int Qty);
}
