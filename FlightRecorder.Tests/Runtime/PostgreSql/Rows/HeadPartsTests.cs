using System.Text;
using System.Text.Json;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Rows;

/// <summary>The head that is hopped out of a line is the one that a reader of the whole finds.</summary>
public sealed class HeadPartsTests
{
    private static readonly string[] s_fixtures =
        File.ReadAllLines(Path.Combine(SourceTree.Root, "FlightRecorder.Tests", "Runtime", "Core", "Journal", "Fixtures", "v1.jsonl"));

    [TestCaseSource(nameof(s_fixtures))]
    public void Of_a_line_of_the_frozen_fixture(string line) => AssertSame(line);

    [TestCase("""{"errors":[{"atUs":1,"type":"A","inner":[{"type":"B"}]},{"type":"C"}]}""")]
    [TestCase("""{"errors":[7,{"type":"C"}]}""")]
    [TestCase("""{"errors":[]}""")]
    [TestCase("""{"errors":{"type":"C"}}""")]
    [TestCase("""{"mutations":[1,[2],{"a":[3]}]}""")]
    [TestCase("""{"actor":{"id":"\u0061\"b","role":"x"},"traceId":"t\\n"}""")]
    [TestCase("""{"actor":{"\u0069d":"escaped name"}}""")]
    [TestCase("""{"actor":"nobody","endpoint":null}""", "endpoint")]
    [TestCase("""{"endpoint":{"location":"a:1","name":"Orders.Create"}}""", "endpoint")]
    [TestCase("""{"outcome":"failed"}""")]
    [TestCase("""{"outcome":"failed"}""", "outcome")]
    [TestCase("""{"\u006futcome":"failed"}""", "outcome")]
    [TestCase("""{"trigger":["error","slow","unheard of",7]}""", "trigger")]
    [TestCase("""{"trigger":"error"}""", "trigger")]
    [TestCase("""{"durationUs":1.5,"seq":"7"}""", "durationUs", "seq")]
    [TestCase("""{"ts":"yesterday"}""", "ts")]
    [TestCase("""{"kind":"crash"}""", "kind")]
    [TestCase("""{"kind":"unheard of"}""", "kind")]
    [TestCase("""{"v":2}""", "v")]
    [TestCase("""{"id":"7"}""", "id")]
    public void Of_a_line_with_such_members_before_the_others(string members, params string[] without)
    {
        string line = without.Aggregate(LineBuilder.Request(1), (made, name) => made.Replace($"\"{name}\":", $"\"x{name}\":", StringComparison.Ordinal));

        AssertSame(members[..^1] + "," + line[1..]);
    }

    [TestCase("\"request\":{\"route\":\"/a\",\"headers\":{\"method\":\"no\"},\"path\":\"/b\",\"method\":\"PUT\"}")]
    [TestCase("\"request\":{\"m\\u0065thod\":\"PUT\"}")]
    [TestCase("\"request\":[]")]
    [TestCase("\"response\":{\"headers\":{\"status\":1},\"status\":404}")]
    [TestCase("\"response\":{\"status\":\"404\"}")]
    public void Of_a_line_with_such_a_request_or_response(string member)
        => AssertSame("{" + member + "," + LineBuilder.Request(1)[1..].Replace("\"re", "\"xre", StringComparison.Ordinal));

    [Test]
    public void Of_what_is_nested_deeper_than_any_recording_there_is_none()
    {
        string deep = new string('[', 600) + new string(']', 600);
        byte[] line = Encoding.UTF8.GetBytes(LineBuilder.Request(1, extra: $$"""{"tags":{{deep}}}"""[1..^1]));

        string? fault = new LineRows(1024 * 1024).TryWrite(line, out OutgoingRecording? recording);

        Assert.That((fault is null, recording is null), Is.EqualTo((false, true)));
    }

    private static void AssertSame(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        LineContent expected = SummaryParser.TryRead(bytes, out RecordingSummary? whole);

        (LineContent content, RecordingSummary? head) = Read(bytes);

        Assert.That((content, head), Is.EqualTo((expected, whole)));
    }

    private static (LineContent Content, RecordingSummary? Head) Read(byte[] line)
    {
        try
        {
            return (new SessionRow().Read(line, out RecordingSummary? head), head);
        }
        catch (JsonException)
        {
            return (LineContent.Malformed, null);
        }
    }
}
