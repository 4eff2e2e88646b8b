using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

/// <summary>The file of version 1 is never changed: what it says stays readable for ever.</summary>
public class FrozenFixtureTests
{
    private static readonly JournalReader s_reader = new(Path.Combine(TestContext.CurrentContext.TestDirectory, "Journal", "Fixtures"));

    [Test]
    public async Task Version_1_is_listed_and_what_this_version_cannot_read_is_counted()
    {
        var scan = new JournalScan();

        IReadOnlyList<RecordingSummary> list = await s_reader.ListAsync(new RecordingQuery(), scan);

        Assert.That(list.Select(head => head.Sequence), Is.EqualTo(new long[] { 9, 6, 4, 3, 2, 1 }));
        Assert.That(list.Select(head => head.Kind), Is.EqualTo(new[]
        {
            RecordingKind.Note, RecordingKind.Request, RecordingKind.Crash, RecordingKind.Operation, RecordingKind.Request, RecordingKind.Request,
        }));
        Assert.That((scan.UnknownKinds, scan.FutureLines, scan.CorruptLines, scan.Skipped), Is.EqualTo((1, 1, 1, 3)));
    }

    [Test]
    public async Task A_request_of_version_1_has_all_its_parts()
    {
        Recording recording = await GetAsync("0193f1a2-6c00-7a01-8000-0000000000a1");

        Assert.That(recording.Run, Is.EqualTo("9f3a11c2d4e5f607"));
        Assert.That(recording.StartedAt, Is.EqualTo(new DateTimeOffset(2026, 11, 20, 8, 15, 0, TimeSpan.Zero).AddMicroseconds(1834)));
        Assert.That(recording.App, Is.EqualTo(new RecordedApp
        {
            Name = "shop",
            Version = "1.4.0",
            Commit = "0f3c9a1",
            Environment = "staging",
            Host = "web-1",
            Pid = 1,
        }));
        Assert.That(recording.Tags["region"], Is.EqualTo("eu"));
        Assert.That((recording.TraceId, recording.SpanId, recording.ParentSpanId), Is.EqualTo(("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "b7ad6b7169203331")));
        Assert.That(recording.Actor, Is.EqualTo(new RequestActor("user_42", "clerk")));
        Assert.That(recording.Endpoint!.Location, Is.EqualTo("Shop/Controllers/OrdersController.cs:21"));
        Assert.That(recording.Request!.Query["tag"], Is.EqualTo(new[] { "a", "b" }));
        Assert.That(recording.Request.Headers["Content-Type"], Is.EqualTo(new[] { "application/json" }));
        Assert.That(recording.Request.Body.Value.GetProperty("card").GetString(), Is.EqualTo("[REDACTED]"));
        Assert.That((recording.Request.Body.Kind, recording.Request.Body.State, recording.Request.Body.Bytes), Is.EqualTo((BodyKind.Json, BodyState.Complete, 984L)));
        Assert.That(recording.Response!.Status, Is.EqualTo(201));
        Assert.That(recording.Timeline.Select(entry => entry.Type), Is.EqualTo(new[] { "http.request.received", "db.query", "db.mutation", "mark", "http.response.sent" }));
        Assert.That(recording.Timeline[1].Rows, Is.EqualTo(1));
        Assert.That(recording.Timeline[1].Parameters.GetProperty("p0").GetString(), Is.EqualTo("tea"));
    }

    [Test]
    public async Task Mutations_errors_and_gaps_of_version_1_are_read()
    {
        Recording first = await GetAsync("0193f1a2-6c00-7a01-8000-0000000000a1");
        Recording second = await GetAsync("0193f1a2-7000-7a02-8000-0000000000a2");

        RecordedMutation update = first.Mutations.Single();
        Assert.That((update.Source, update.Model, update.Table, update.Operation, update.Outcome), Is.EqualTo(("efcore", "StockItem", "stock", "update", MutationOutcome.Committed)));
        Assert.That(update.Changed, Is.EqualTo(new[] { "qty" }));
        Assert.That(update.After.GetProperty("qty").GetInt32(), Is.EqualTo(-1));
        RecordedMutation bulk = second.Mutations.Single();
        Assert.That((bulk.Outcome, bulk.Attempt, bulk.Where, bulk.Before.GetArrayLength()), Is.EqualTo((MutationOutcome.RolledBack, 2, "sku = @p0", 1)));
        Assert.That(second.Errors[0].Inner[0].Type, Is.EqualTo("Npgsql.PostgresException"));
        Assert.That((second.Errors[0].Handled, second.Errors[0].Location), Is.EqualTo((true, "Shop/Data/Stock.cs:61")));
        Assert.That(second.Gaps, Is.EqualTo(new[] { new RecordedGap("response.body", "over the limit") }));
        Assert.That(second.Response!.Body.Value.GetString(), Is.EqualTo("Grüße – böse Zeile\u2028"));
        Assert.That(second.Trigger, Is.EqualTo(Triggers.Always | Triggers.Error));
    }

    [Test]
    public async Task Unknown_members_and_words_of_version_1_are_passed_over()
    {
        Recording recording = await GetAsync("0193f1a2-8000-7a06-8000-0000000000a6");

        Assert.That(recording.Outcome, Is.EqualTo(RecordingOutcome.Unknown));
        Assert.That(recording.Trigger, Is.EqualTo(Triggers.Always));
        Assert.That((recording.Request!.Body.Kind, recording.Request.Body.State), Is.EqualTo((BodyKind.None, BodyState.None)));
        Assert.That((recording.Mutations[0].Operation, recording.Mutations[0].Outcome), Is.EqualTo(("vanish", MutationOutcome.Unknown)));
    }

    [Test]
    public void The_file_is_the_one_that_was_frozen()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(s_reader.Directory, "v1.jsonl"));

        Assert.That(LineBuilder.Crc32C(bytes).ToString("x8"), Is.EqualTo("5c5ec809"));
    }

    private static async Task<Recording> GetAsync(string id)
        => await s_reader.GetAsync(Guid.Parse(id)) ?? throw new AssertionException($"{id} is not found");
}
