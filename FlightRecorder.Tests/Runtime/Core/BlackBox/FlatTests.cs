using System.Text.Json.Nodes;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Core.Stores;
using Microsoft.Extensions.Primitives;

namespace FlightRecorder.Tests.Core.BlackBox;

/// <summary>What was held says the same as what was stored at once.</summary>
public sealed class FlatTests
{
    [Test]
    public async Task A_recording_with_everything_comes_out_of_the_ring_as_it_went_in()
    {
        var store = new FakeStore();
        await using RingRig rig = await RingRig.StartAsync(store);
        ActiveRecording plain = Full(rig.Begin());
        rig.Recorder.End(plain, rule: null);
        ActiveRecording held = Full(rig.Begin());
        rig.Recorder.End(held, new RulePlan { Keep = KeepWhen.ClientError });
        rig.Pass("/another");
        rig.Recorder.Dump(Triggers.Manual, "why");
        await rig.Recorder.FlushAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(store.Lines, Has.Count.EqualTo(3));
        Assert.That(Comparable(store.Lines[1]), Is.EqualTo(Comparable(store.Lines[0])));
        Assert.That(Comparable(store.Lines[0]), Does.Not.Contain("canary").And.Contain("SELECT 1").And.Contain("no stock").And.Contain("blue"));
    }

    private static ActiveRecording Full(ActiveRecording recording)
    {
        recording.Name = "orders";
        recording.Route = "/orders/{id}";
        recording.Path = "/orders/7";
        recording.RequestId = "request-1";
        recording.TraceId = "0af7651916cd43dd8448eb211c80319c";
        recording.SpanId = "b7ad6b7169203331";
        recording.ParentSpanId = "c7ad6b7169203331";
        recording.Parent = "parent";
        recording.Actor = new RequestActor("user_42", "admin") { Extra = new Dictionary<string, string> { ["team"] = "blue" } };
        recording.Query.Add(new NameValues("page", "2"));
        recording.Query.Add(new NameValues("tag", new StringValues(["a", "b"])));
        recording.Query.Add(new NameValues("none", StringValues.Empty));
        recording.Params.Add(new NameValues("id", "7"));
        recording.RequestHeaders.Add(new NameValues("user-agent", "nunit"));
        recording.ResponseHeaders.Add(new NameValues("etag", "1"));
        recording.UnlistedHeaders.Add(new NameValues("authorization", "Bearer unlisted-canary"));
        Fill(recording.RequestBody, "application/json", "{\"password\":\"secret-canary\",\"note\":\"has secret-canary and unlisted-canary\"}"u8, declared: -1, limit: 1000);
        Fill(recording.ResponseBody, "text/plain", "a response that is longer than its limit"u8, declared: 40, limit: 10);
        AmbientRecording handle = recording.Handle;
        handle.Append(new TimelineEntry
        {
            Type = "db.query",
            AtUs = 5,
            Detail = "detail",
            Sql = "SELECT 1",
            Parameters = [new NamedValue("p", 1)],
            Location = "Shop.cs:1",
            Status = 200,
            DurationUs = 3,
            Rows = 4,
            Error = "error",
        });
        handle.Mark("late", "value");
        handle.Mutation("Cart", "update", new Dictionary<string, object?> { ["id"] = 7 }, null, new Dictionary<string, object?> { ["qty"] = 2 });
        handle.Append(new InvalidOperationException("no stock"), handled: true);
        handle.Append(new GapEntry("request.body", "because"));
        return recording;
    }

    private static void Fill(CapturedBody body, string type, ReadOnlySpan<byte> bytes, long declared, int limit)
    {
        body.ContentType = type;
        body.DeclaredBytes = declared;
        body.Buffer.Start(limit);
        body.Buffer.Append(bytes);
        body.State = body.Buffer.IsTruncated ? BodyState.Truncated : BodyState.Complete;
    }

    // But for what differs by nature: number, id, times, and the mark of the dump.
    private static string Comparable(byte[] line)
    {
        JsonObject recording = JsonNode.Parse(line)!.AsObject();
        foreach (string name in new[] { "seq", "id", "ts", "durationUs", "trigger", "cost", "crc" })
        {
            recording.Remove(name);
        }

        JsonArray timeline = recording["timeline"]!.AsArray();
        timeline.Remove(timeline.FirstOrDefault(entry => (string?)entry!["detail"] == "keep"));
        foreach (JsonNode? entry in new[] { timeline, recording["mutations"]!.AsArray(), recording["errors"]!.AsArray() }.SelectMany(entries => entries))
        {
            entry!.AsObject().Remove("atUs");
            entry.AsObject().Remove("durationUs");
        }

        return recording.ToJsonString();
    }
}
