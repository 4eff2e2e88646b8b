using System.Text;
using System.Text.Json;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Rows;

public sealed class StorableLineTests
{
    private const int NoLimit = 16 * 1024 * 1024;

    [TestCase("""plain""", "plain")]
    [TestCase("""a pair \ud83d\ude00 stays""", "a pair 😀 stays")]
    [TestCase("""\\u0000 is text""", @"\u0000 is text")]
    [TestCase("""\\\\ud800""", @"\\ud800")]
    public void What_can_be_stored_stays_as_it_is(string spelled, string text)
    {
        ReadOnlyMemory<byte> line = Line(spelled);

        ReadOnlyMemory<byte> storable = StorableLine.Of(line, NoLimit);

        Assert.That(storable.Span.SequenceEqual(line.Span), Is.True);
        Assert.That(Detail(storable), Is.EqualTo(text));
    }

    [TestCase("""a\u0000b""", "a\ufffdb")]
    [TestCase("""\ud83d""", "\ufffd")]
    [TestCase("""\uD83D\u0041""", "\ufffdA")]
    [TestCase("""\ude00\ud83d\ude00""", "\ufffd😀")]
    [TestCase("""\\\u0000""", "\\\ufffd")]
    [TestCase("""\ud83d\n""", "\ufffd\n")]
    public void What_cannot_be_stored_is_replaced_and_said(string spelled, string text)
    {
        ReadOnlyMemory<byte> storable = StorableLine.Of(Line(spelled), NoLimit);

        Assert.That(Detail(storable), Is.EqualTo(text));
        Assert.That(LineTrailer.IsIntact(storable.Span), Is.True);
        Assert.That(RecordingParser.TryRead(storable.Span)!.Gaps, Has.Some.Matches<RecordedGap>(gap => gap.What == "postgresql" && gap.Why.Contains("replaced: 1", StringComparison.Ordinal)));
    }

    [Test]
    public void Gaps_that_are_there_stay_behind_ours()
    {
        byte[] line = Encoding.UTF8.GetBytes(LineBuilder.Request(1, extra: """{"gaps":[{"what":"a","why":"\u0000"}],"tags":{}}"""[1..^1]));

        Recording read = RecordingParser.TryRead(StorableLine.Of(line, NoLimit).Span)!;

        Assert.That(read.Gaps.Select(gap => gap.What), Is.EqualTo(new[] { "postgresql", "a" }));
    }

    [Test]
    public void A_text_is_cut_with_a_marker_and_never_inside_a_character([Range(1020, 1032)] int length)
    {
        string text = new string('x', length) + """\ud83d\ude00é\n""" + new string('y', 2000);

        ReadOnlyMemory<byte> storable = StorableLine.Of(Line(text), 1024);

        Assert.That(Detail(storable), Does.StartWith(new string('x', 1000)).And.EndsWith($"…[cut, {Encoding.UTF8.GetByteCount(text)} bytes]"));
        Assert.That(Detail(storable), Does.Not.Contain("\ufffd"));
        Assert.That(RecordingParser.TryRead(storable.Span)!.Gaps[0].Why, Does.EndWith("cut: 1"));
    }

    private static ReadOnlyMemory<byte> Line(string spelled)
        => Encoding.UTF8.GetBytes(LineBuilder.Request(1, extra: """{"timeline":[{"atUs":1,"type":"mark","detail":"<>"}]}"""[1..^1].Replace("<>", spelled, StringComparison.Ordinal)));

    private static string? Detail(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("timeline")[0].GetProperty("detail").GetString();
    }
}
