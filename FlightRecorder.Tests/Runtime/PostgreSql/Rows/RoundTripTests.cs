using System.Text;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Rows;

public sealed class RoundTripTests
{
    private static readonly string[] s_fixtures =
        File.ReadAllLines(Path.Combine(SourceTree.Root, "FlightRecorder.Tests", "Runtime", "Core", "Journal", "Fixtures", "v1.jsonl"));

    [Test]
    public async Task The_lines_of_the_frozen_fixture_come_back_byte_for_byte()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        string[] lines = [.. s_fixtures.Where(line => LineTrailer.IsIntact(Encoding.UTF8.GetBytes(line)) && RecordingParser.TryRead(Encoding.UTF8.GetBytes(line)) is not null)];
        await rig.ShipAsync(lines);

        foreach (string line in lines)
        {
            Recording expected = RecordingParser.TryRead(Encoding.UTF8.GetBytes(line))!;
            Recording? read = await rig.Reader.GetAsync(expected.Id);
            Assert.That(Encoding.UTF8.GetString(read!.Line.Span), Is.EqualTo(line));
        }
    }

    [TestCase("""{"tags":{"a":"1"}}""")]
    [TestCase("""{"unknown":{"x":[1,2,{"y":null}]},"z":0,"tags":0}""")]
    [TestCase("""{"mutations":[],"errors":[]}""")]
    [TestCase("""{"mutations":[1,2],"errors":"none"}""")]
    [TestCase("""{"mutations":[{"atUs":1,"source":"adonet","operation":"bulkUpdate","outcome":"committed","where":"a = 1","key":{"id":1},"rows":3}]}""")]
    [TestCase("""{"mutations":[{"atUs":1,"source":"efcore","operation":"update","outcome":"rolledBack","key":{"b":1,"a":1.50},"before":null,"after":{"n":1e3},"changed":["n"],"attempt":2}]}""")]
    [TestCase("""{"errors":[{"atUs":1,"type":"E","message":"a\u0007\/b\tc","stack":"x\ny","inner":[{"type":"I"}],"handled":true}]}""")]
    [TestCase("""{"errors":[{"atUs":1,"type":7,"message":null}]}""")]
    [TestCase("""{"prompt":"# Prompt\nwith \u2028 and \"quotes\""}""")]
    [TestCase("""{"timeline":[{"atUs":0,"type":"mark","data":{"b":1,"a":2,"a":3,"n":1.00}}],"gaps":[{"what":"x","why":"y"}]}""")]
    public async Task A_line_comes_back_byte_for_byte(string members)
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        string line = LineBuilder.Request(1, extra: members[1..^1]);
        await rig.ShipAsync(line);

        Recording? read = await rig.Reader.GetAsync(LineBuilder.Id(1));

        Assert.That(Encoding.UTF8.GetString(read!.Line.Span), Is.EqualTo(line));
    }

    [Test]
    public async Task Columns_hold_what_their_names_say()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.ShipAsync(s_fixtures[0], s_fixtures[1]);

        Assert.Multiple(async () =>
        {
            Assert.That(await rig.ScalarAsync<string>("SELECT request->'body'->>'sku' FROM flight_recorder_sessions WHERE status = 201"), Is.EqualTo("tea"));
            Assert.That(await rig.ScalarAsync<string>("SELECT environment || app_version || route FROM flight_recorder_sessions WHERE request_id = 'req-1'"), Is.EqualTo("staging1.4.0/api/orders"));
            Assert.That(await rig.ScalarAsync<string[]>("SELECT trigger FROM flight_recorder_sessions WHERE request_id = 'req-2'"), Is.EqualTo(new[] { "always", "error" }));
            Assert.That(await rig.ScalarAsync<TimeSpan>("SELECT ended_at - started_at FROM flight_recorder_sessions WHERE request_id = 'req-1'"), Is.EqualTo(TimeSpan.FromMicroseconds(18340)));
            Assert.That(await rig.ScalarAsync<string>("SELECT where_json->>'sku' FROM flight_recorder_db_mutations WHERE operation = 'update'"), Is.EqualTo("tea"));
            Assert.That(await rig.ScalarAsync<string>("SELECT transaction_id FROM flight_recorder_db_mutations WHERE operation = 'update'"), Is.EqualTo("t1"));
        });
    }
}
