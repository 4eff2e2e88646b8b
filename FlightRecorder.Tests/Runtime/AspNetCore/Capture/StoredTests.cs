using System.Collections.Concurrent;
using System.Text;
using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Capture;

public sealed class StoredTests
{
    [Test]
    public async Task A_recorded_request_reaches_the_store_redacted_and_the_listener()
    {
        var heard = new ConcurrentQueue<RecordingSummary>();
        await using TestApp app = await TestApp.StartAsync(
            web => web.MapPost("/login/{id}", (string id, Login login) => login with { Note = "welcome" }).Record(), options => options.OnRecorded = heard.Enqueue);

        await app.Client.PostAsJsonAsync("/login/7?token=tok-en-value", new Login("ann", "hunter2-hunter2", ""));
        Snapshot recording = await app.OnlyAsync();
        await app.Recorder.FlushAsync();
        Recording? stored = await app.Services.GetRequiredService<IRecordingReader>().GetAsync(recording.Id);
        string line = Encoding.UTF8.GetString(stored!.Line.Span);

        Assert.Multiple(() =>
        {
            Assert.That(line, Does.Contain("ann").And.Contain("welcome").And.Contain("/login/7"));
            Assert.That(line, Does.Not.Contain("hunter2").And.Not.Contain("tok-en-value"));
            Assert.That(stored.Response!.Status, Is.EqualTo(200));
            Assert.That(heard.Single().Id, Is.EqualTo(recording.Id));
        });
    }

    private sealed record Login(string Name, string Password, string Note);
}
