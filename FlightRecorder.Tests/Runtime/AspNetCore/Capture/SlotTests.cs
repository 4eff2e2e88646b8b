using System.Text;
using FlightRecorder.Tests.AspNetCore.Support;
using FlightRecorder.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.AspNetCore.Capture;

/// <summary>Real requests in the air; the death of the process is a copy of the slot file.</summary>
public sealed class SlotTests
{
    private const string Canary = "c4nary-7f3e9a";

    private TaskCompletionSource _arrived = null!;
    private TaskCompletionSource _released = null!;
    private JournalDirectory _box = null!;
    private JournalDirectory _dead = null!;

    [SetUp]
    public void Prepare()
    {
        (_box, _dead) = (new JournalDirectory(), new JournalDirectory());
        _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [TearDown]
    public void Remove()
    {
        _box.Dispose();
        _dead.Dispose();
    }

    [Test]
    public async Task A_request_in_its_handler_is_found_with_route_path_trace_and_marks_and_without_any_secret()
    {
        await using TestApp app = await TestApp.StartAsync(
            web => web.MapPost("/orders/{id}/{password}", HoldAsync).Record(),
            o => o.BlackBox.Directory = _box.Path);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/orders/42/{Canary}?q={Canary}")
        {
            Content = JsonContent.Create(new { note = Canary, password = Canary }),
            Headers = { { "x-request-id", Canary }, { "authorization", "Bearer " + Canary }, { "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" } },
        };
        Task<HttpResponseMessage> running = app.Client.SendAsync(request);
        await _arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        string text = Die();
        _released.SetResult();
        (await running).Dispose();

        Assert.That(text, Does.Not.Contain(Canary).And.Contain("cart priced"));
        Recording unfinished = await RecoverAsync();
        Assert.That(unfinished.Outcome, Is.EqualTo(RecordingOutcome.Unfinished));
        Assert.That(unfinished.Request!.Method, Is.EqualTo("POST"));
        Assert.That(unfinished.Request.Route, Is.EqualTo("/orders/{id}/{password}"));
        Assert.That(unfinished.Request.Path, Is.EqualTo("/orders/42/[REDACTED]"));
        Assert.That(unfinished.TraceId, Is.EqualTo("4bf92f3577b34da6a3ce929d0e0e4736"));
        Assert.That(unfinished.Timeline[^1].Detail, Is.EqualTo("cart priced"));
        Assert.That(_dead.Segments.Select(File.ReadAllText), Has.None.Contains(Canary));
    }

    [Test]
    public async Task Requests_that_ended_have_no_slot_whether_kept_or_not()
    {
        await using TestApp app = await TestApp.StartAsync(
            web =>
            {
                web.MapGet("/kept/{id}", (int id) => id).Record();
                web.MapGet("/dropped/{id}", (int id) => id).Record(rule => rule.Keep = KeepWhen.Error);
                web.MapGet("/plain", () => "plain");
            },
            o => o.BlackBox.Directory = _box.Path);
        for (int i = 0; i < 20; i++)
        {
            await app.Client.GetStringAsync("/kept/" + i);
            await app.Client.GetStringAsync("/dropped/" + i);
            await app.Client.GetStringAsync("/plain");
        }

        await app.SettledAsync(20);
        await app.Recorder.FlushAsync();
        Die();
        Assert.That(SlotImage.TryRead(await File.ReadAllBytesAsync(_dead.Files.Single()))!.Read(), Is.Empty);
    }

    [Test]
    public async Task A_request_whose_rule_waits_for_the_actor_has_no_slot()
    {
        await using TestApp app = await TestApp.StartAsync(
            web => web.MapPost("/orders", HoldAsync).Record(rule => rule.Actors = ["user_42"]),
            o => o.BlackBox.Directory = _box.Path);
        Task<HttpResponseMessage> running = app.Client.PostAsync("/orders", null);
        await _arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Die();
        _released.SetResult();
        (await running).Dispose();

        Assert.That(SlotImage.TryRead(await File.ReadAllBytesAsync(_dead.Files.Single()))!.Read(), Is.Empty);
    }

    private async Task HoldAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        await reader.ReadToEndAsync();
        Flight.Current?.Mark("cart priced", Canary);
        _arrived.TrySetResult();
        await _released.Task;
    }

    private string Die()
    {
        string file = _box.Files.Single();
        File.Copy(file, _dead.File(Path.GetFileName(file)));
        return Encoding.UTF8.GetString(File.ReadAllBytes(file));
    }

    private async Task<Recording> RecoverAsync()
    {
        var store = new JournalStore(new JournalOptions { Directory = _dead.Path }, "/", NullLogger.Instance);
        await store.InitializeAsync(default);
        new SlotRecovery(new SlotPlace(_dead.Path, _dead.Path), "00000000000000ff", NullLogger.Instance).Run(lines =>
        {
            store.WriteAsync(lines.Bytes, default).AsTask().Wait();
            return true;
        });
        await store.DisposeAsync();
        var reader = new JournalReader(_dead.Path);
        RecordingSummary summary = (await reader.ListAsync(new RecordingQuery())).Single(found => found.Kind == RecordingKind.Request);
        return (await reader.GetAsync(summary.Id))!;
    }
}
