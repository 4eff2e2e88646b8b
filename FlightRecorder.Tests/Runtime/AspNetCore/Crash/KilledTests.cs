namespace FlightRecorder.Tests.AspNetCore.Crash;

/// <summary>A web app that is killed while a request is in the air.</summary>
[Platform("Linux")]
public sealed class KilledTests
{
    private const int Killed = 128 + 9;
    private const string Canary = "c4nary-7f3e9a";

    [Test]
    public async Task What_was_sent_before_the_kill_is_in_no_file_and_the_next_start_shows_what_was_in_the_air()
    {
        using FallingProcess killed = await FallingProcess.StartAsync("ring=1000000");
        (await killed.PostAsync("/recorded", pin: Canary)).Dispose();
        await killed.FirstAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/wait/{Canary}?q={Canary}")
        {
            Content = JsonContent.Create(new { user = Canary, pin = Canary }),
            Headers = { { "x-request-id", Canary }, { "authorization", "Bearer " + Canary }, { "cookie", "session=" + Canary } },
        };
        Task<HttpResponseMessage> waiting = killed.Client.SendAsync(request);
        Assert.That(await killed.ReadLineAsync(), Is.EqualTo("waiting"));
        await killed.SignalAsync("KILL");
        await killed.ExitAsync();
        Assert.ThrowsAsync<HttpRequestException>(() => waiting);
        string before = killed.Text();

        using FallingProcess next = await killed.StartNextAsync();
        await next.SignalAsync("TERM");
        await next.ExitAsync();
        IReadOnlyList<Recording> found = [.. (await next.RecordingsAsync()).Where(recording => recording.Kind == RecordingKind.Request)];
        Assert.That(killed.ExitCode, Is.EqualTo(Killed));
        Assert.That(found.Select(recording => (recording.Request!.Path, recording.Outcome)), Is.EquivalentTo(new[]
        {
            ("/recorded", RecordingOutcome.Completed),
            ("/wait/{user}", RecordingOutcome.Unfinished),
        }));
        Assert.That(found[0].Timeline.Select(entry => entry.Detail), Has.Member("waiting"));
        Assert.That(before + next.Text(), Does.Not.Contain(Canary));
    }
}
