using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Capture;

public sealed class ConcurrentRequestsTests
{
    private const int Clients = 16;
    private const int PerClient = 100;

    [Test]
    public async Task Requests_at_the_same_time_never_mix()
    {
        await using TestApp app = await TestApp.StartAsync(web =>
        {
            web.MapPost("/echo/{id}", async (string id, Note note) =>
            {
                Flight.Current?.Mark(id);
                await Task.Yield();
                Flight.Current?.Mark(id);
                return note;
            }).Record();
            web.MapPost("/unmarked/{id}", async (string id, Note note) =>
            {
                await Task.Yield();
                Flight.Current?.Mark(id);
                return note;
            });
        });

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => SendAsync(app, client)));
        IReadOnlyList<Snapshot> recorded = await app.SettledAsync(Clients * PerClient);

        Assert.That(recorded, Has.Count.EqualTo(Clients * PerClient));
        Assert.That(recorded.Select(recording => recording.Path), Is.Unique);
        foreach (Snapshot recording in recorded)
        {
            string id = recording.Params["id"];
            Assert.That(recording.Request.Text, Is.EqualTo($$"""{"text":"{{id}}"}"""));
            Assert.That(recording.Response.Text, Is.EqualTo(recording.Request.Text));
            Assert.That(recording.Timeline.Select(entry => entry.Detail), Is.EqualTo(new[] { id, id }));
        }

        Assert.That(app.Recorder.Counters.Faults + app.Recorder.Counters.LateWrites, Is.Zero);
    }

    private static async Task SendAsync(TestApp app, int client)
    {
        for (int i = 0; i < PerClient; i++)
        {
            string id = $"{client}-{i}";
            using HttpResponseMessage marked = await app.Client.PostAsJsonAsync("/echo/" + id, new Note(id));
            using HttpResponseMessage unmarked = await app.Client.PostAsJsonAsync("/unmarked/" + id, new Note(id));
            Assert.That(await marked.Content.ReadAsStringAsync(), Is.EqualTo(await unmarked.Content.ReadAsStringAsync()));
        }
    }

    private sealed record Note(string Text);
}
