using FlightRecorder.Tests.Core.Stores;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

public class JournalFilterTests
{
    private const string Name = "20261120T080000-9f3a11c2d4e5f607-0001.jsonl";

    [TestCase("OUT OF STOCK", true)]
    [TestCase("o'brien", true)]
    [TestCase("O'BRIEN", true)]
    [TestCase("grüße", true)]
    [TestCase("GRÜSSE", false)]
    [TestCase("Xafe", true)]
    [TestCase("42.5", true)]
    [TestCase("a/b", true)]
    [TestCase("line\nfeed", true)]
    [TestCase("sku", true)]
    [TestCase("u0027", false)]
    [TestCase("nowhere", false)]
    public void Text_is_looked_for_as_it_is_meant_not_as_it_is_escaped(string text, bool isFound)
    {
        using var rig = new JournalRig();
        rig.Directory.Write(Name, LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Request(2, extra: """
            "request":{"body":{"sku":"Out of Stock","who":"O\u0027Brien","word":"Grüße","c":"\u0078afe\u0301","total":42.5,"path":"a\/b","text":"line\nfeed","half":"\ud800"}}
            """)));

        Assert.That(List(rig, new RecordingQuery(), text), Is.EqualTo(isFound ? [2] : Array.Empty<long>()));
    }

    [Test]
    public void A_rare_recording_is_found_wherever_it_lies_between_blocks_of_others()
    {
        using var rig = new JournalRig();
        int[] rare = [1, 2, 257, 500, 777, 1399, 1400];
        for (int segment = 0; segment < 2; segment++)
        {
            rig.Directory.Write($"20261120T080000-9f3a11c2d4e5f607-{segment + 1:D4}.jsonl", LineBuilder.Bytes([.. Enumerable.Range((segment * 700) + 1, 700)
                .Select(i => LineBuilder.Request(i, path: rare.Contains(i) ? "/Rare/7" : "/orders/1", extra: Lines.Padding(i * 13 % 3000)))]));
        }

        var scan = new JournalScan();
        long[] found = [.. rig.Reader.List(new JournalFilter(new RecordingQuery { Route = "/rare/*" }), scan).Select(head => head.Sequence)];

        Assert.That(found, Is.EqualTo(rare.Reverse().Select(i => (long)i)));
        Assert.That(scan.Lines, Is.LessThan(20), "the others are neither checked nor parsed");
        Assert.That(List(rig, new RecordingQuery { Limit = 10_000 }, "orders/1"), Has.Length.EqualTo(1400 - rare.Length));
    }

    [Test]
    public void A_match_in_a_damaged_line_is_counted_and_not_returned()
    {
        using var rig = new JournalRig();
        rig.Directory.Write(Name, LineBuilder.Bytes(
            LineBuilder.Request(1, path: "/rare/1"), LineBuilder.Request(2, path: "/rare/2").Replace("shop", "shoP"), LineBuilder.Request(3), LineBuilder.Request(4)));

        var scan = new JournalScan();
        IReadOnlyList<RecordingSummary> found = rig.Reader.List(new JournalFilter(new RecordingQuery { Route = "/rare/*" }), scan);

        Assert.That(found.Select(head => head.Sequence), Is.EqualTo(new long[] { 1 }));
        Assert.That(scan.CorruptLines, Is.EqualTo(1));
    }

    [Test]
    public void Every_cut_of_a_segment_leaves_the_whole_matches_before_it()
    {
        byte[] bytes = LineBuilder.Bytes([.. Enumerable.Range(1, 6).Select(i => LineBuilder.Request(i, path: i % 2 == 0 ? "/rare/1" : "/orders/1"))]);
        var prefilter = LinePrefilter.Of(new JournalFilter(new RecordingQuery { Route = "/rare/*" }));
        for (int length = 0; length <= bytes.Length; length++)
        {
            var scan = new JournalScan();
            int read = new BackwardLines(new MemoryStream(bytes[..length]), length, scan, prefilter).Read().Count();

            int whole = bytes.AsSpan(0, length).Count((byte)'\n');
            bool isWholeButLineFeed = length < bytes.Length && bytes[length] == (byte)'\n';
            int last = whole + (isWholeButLineFeed ? 1 : 0);

            // The end of the file is looked at in any case: it may be torn.
            Assert.That(read, Is.EqualTo((last / 2) + (isWholeButLineFeed && last % 2 == 1 ? 1 : 0)), $"cut at {length}");
        }
    }

    private static long[] List(JournalRig rig, RecordingQuery query, string? text = null)
        => [.. rig.Reader.List(new JournalFilter(query, text), new JournalScan()).Select(head => head.Sequence)];
}
