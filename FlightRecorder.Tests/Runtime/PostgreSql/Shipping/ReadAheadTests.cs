using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Shipping;

public sealed class ReadAheadTests
{
    private const string Segment = "20261120T080000-9f3a11c2d4e5f607-0001.jsonl";
    private const int MaxText = 1024 * 1024;

    private static readonly string s_padding = $$$"""{"tags":{"x":"{{{new string('x', 3000)}}}"}}"""[1..^1];

    [Test]
    public async Task What_is_behind_a_stretch_is_ready_when_that_was_sent()
    {
        using var journal = new JournalDirectory();
        SegmentChunk first = First(journal, LineBuilder.Request(1), LineBuilder.Request(2), LineBuilder.Request(3));
        var ahead = new ReadAhead(journal.Path, MaxText);
        var done = new OutgoingBatch(MaxText);

        ahead.Start(Segment, first.End, 64 * 1024);
        ReadyBatch? ready = await ahead.TakeAsync(Segment, first.End, done);

        Assert.That(ready!.Batch, Is.Not.SameAs(done));
        Assert.That(ready.Batch.Recordings.Select(recording => recording.Id), Is.EqualTo(new[] { LineBuilder.Id(2), LineBuilder.Id(3) }));
    }

    [Test]
    public async Task What_was_read_for_another_place_is_not_taken_and_hinders_nothing()
    {
        using var journal = new JournalDirectory();
        SegmentChunk first = First(journal, LineBuilder.Request(1), LineBuilder.Request(2));
        var ahead = new ReadAhead(journal.Path, MaxText);
        var done = new OutgoingBatch(MaxText);

        ahead.Start(Segment, first.End, 64 * 1024);
        ReadyBatch? other = await ahead.TakeAsync(Segment, default, done);
        ahead.Start(Segment, first.End, 64 * 1024);
        ReadyBatch? ready = await ahead.TakeAsync(Segment, first.End, done);

        Assert.That((other, ready?.Batch.Recordings.Count), Is.EqualTo(((ReadyBatch?)null, (int?)1)));
    }

    [Test]
    public async Task A_segment_that_went_or_ended_gives_nothing()
    {
        using var journal = new JournalDirectory();
        SegmentChunk only = First(journal, LineBuilder.Request(1));
        var ahead = new ReadAhead(journal.Path, MaxText);
        var done = new OutgoingBatch(MaxText);

        ahead.Start(Segment, only.End, 64 * 1024);
        ReadyBatch? ended = await ahead.TakeAsync(Segment, only.End, done);
        File.Delete(journal.Segments[0]);
        ahead.Start(Segment, default, 64 * 1024);
        ReadyBatch? gone = await ahead.TakeAsync(Segment, default, done);

        Assert.That((ended, gone), Is.EqualTo(((ReadyBatch?)null, (ReadyBatch?)null)));
    }

    [Test]
    public async Task A_line_that_cannot_be_stored_is_buried_once_when_it_was_read_ahead()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(options => options.MaxBatchBytes = 64 * 1024);
        string[] lines = [.. Enumerable.Range(1, 100).Select(number => LineBuilder.Request(number, extra: s_padding))];
        lines[60] = LineBuilder.Seal("""{"v":99,"kind":"request" """);

        Shipper shipper = await rig.ShipAsync(lines);

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(99));
        Assert.That((shipper.State.Counters.Dead, rig.DeadLetters.Read().Count), Is.EqualTo((1L, 1)));
    }

    // A stretch of one line, with all of them in the segment.
    private static SegmentChunk First(JournalDirectory journal, params string[] lines)
    {
        string path = journal.Write(Segment, LineBuilder.Bytes(lines));
        Assert.That(SegmentName.TryParse(Segment, out SegmentName name), Is.True);
        long bytes = LineBuilder.Bytes(lines[0]).Length;
        return SegmentChunk.Read(new SegmentFile(path, name, bytes, default), default, (int)bytes)!;
    }
}
