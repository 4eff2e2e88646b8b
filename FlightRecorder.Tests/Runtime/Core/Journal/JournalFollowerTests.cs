using FlightRecorder.Tests.Core.Stores;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

public class JournalFollowerTests
{
    private const string First = "20261120T080000-9f3a11c2d4e5f607-0001.jsonl";
    private const string Second = "20261120T080000-9f3a11c2d4e5f607-0002.jsonl";
    private const string Other = "20261120T080000-00000000000000aa-0001.jsonl";

    private JournalRig _rig = null!;
    private JournalScan _scan = null!;

    [SetUp]
    public void SetUp() => (_rig, _scan) = (new JournalRig(), new JournalScan());

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public void Runs_are_merged_in_the_order_in_which_requests_ended()
    {
        _rig.Directory.Write(First, LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Request(4), LineBuilder.Request(2, durationUs: 3_000_000)));
        _rig.Directory.Write(Second, LineBuilder.Bytes(LineBuilder.Request(7)));
        _rig.Directory.Write(Other, LineBuilder.Bytes(LineBuilder.Request(3), LineBuilder.Request(6), LineBuilder.Request(8)));

        Assert.That(Read(Follower()), Is.EqualTo(new long[] { 1, 3, 4, 2, 6, 7, 8 }));
    }

    [Test]
    public void A_clock_that_is_put_back_leaves_the_order_of_the_run()
    {
        _rig.Directory.Write(First, LineBuilder.Bytes(LineBuilder.Request(5), LineBuilder.Request(6, at: LineBuilder.Start.AddYears(10)), LineBuilder.Request(7), LineBuilder.Request(8, at: LineBuilder.Start.AddHours(-1))));

        Assert.That(Read(Follower()), Is.EqualTo(new long[] { 5, 6, 7, 8 }));
    }

    [Test]
    public void What_is_written_next_is_read_once_whole_lines_only_through_new_segments_and_runs()
    {
        JournalFollower follower = Follower();
        string first = _rig.Directory.Write(First, LineBuilder.Bytes(LineBuilder.Request(1)));
        follower.SkipToEnd();

        byte[] half = LineBuilder.Bytes(LineBuilder.Request(2));
        Append(first, half[..100]);
        Assert.That(Read(follower), Is.Empty);
        Append(first, half[100..]);
        Assert.That(Read(follower), Is.EqualTo(new long[] { 2 }));
        Append(first, LineBuilder.Bytes(LineBuilder.Request(3)));
        _rig.Directory.Write(Second, LineBuilder.Bytes(LineBuilder.Request(4)));
        _rig.Directory.Write(Other, LineBuilder.Bytes(LineBuilder.Request(5)));
        Assert.That(Read(follower), Is.EqualTo(new long[] { 3, 4, 5 }));
        Assert.That(Read(follower), Is.Empty);
        Assert.That(_scan.Skipped, Is.Zero);
    }

    [Test]
    public void A_follower_that_begins_inside_a_line_reads_that_line_when_it_is_whole()
    {
        byte[] second = LineBuilder.Bytes(LineBuilder.Request(2));
        string path = _rig.Directory.Write(First, [.. LineBuilder.Bytes(LineBuilder.Request(1)), .. second[..50]]);
        JournalFollower follower = Follower();
        follower.SkipToEnd();

        Append(path, second[50..]);

        Assert.That(Read(follower), Is.EqualTo(new long[] { 2 }));
    }

    [Test]
    public void A_segment_that_is_put_aside_deleted_or_cut_neither_repeats_nor_stops_the_reading()
    {
        string path = _rig.Directory.Write(First, LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Request(2)));
        JournalFollower follower = Follower();
        Assert.That(Read(follower), Is.EqualTo(new long[] { 1, 2 }));

        File.Move(path, path.Replace(".jsonl", $".{new FileInfo(path).Length}.dirty"));
        Assert.That(Read(follower), Is.Empty);
        string second = _rig.Directory.Write(Second, LineBuilder.Bytes(LineBuilder.Request(3)));
        Assert.That(Read(follower), Is.EqualTo(new long[] { 3 }));
        File.WriteAllBytes(second, []);
        Assert.That(Read(follower), Is.Empty);
        Append(second, LineBuilder.Bytes(LineBuilder.Request(4)));
        Assert.That(Read(follower), Is.EqualTo(new long[] { 4 }));
        File.Delete(second);
        Assert.That(Read(follower), Is.Empty);
    }

    [Test]
    public void Damage_is_counted_and_passed_and_filters_hold()
    {
        _rig.Directory.Write(First, [
            .. LineBuilder.Bytes(LineBuilder.Request(1, path: "/rare/1"), "damaged", LineBuilder.Request(2), LineBuilder.Seal("{\"v\":2")), .. new byte[5000],
            .. LineBuilder.Bytes(LineBuilder.Request(3, path: "/rare/3", status: 500))]);

        Assert.That(Read(Follower()), Is.EqualTo(new long[] { 1, 2, 3 }));
        Assert.That((_scan.CorruptLines, _scan.FutureLines, _scan.ZeroRuns), Is.EqualTo((1, 1, 1)));
        Assert.That(Read(Follower(new RecordingQuery { Route = "/rare/*" })), Is.EqualTo(new long[] { 1, 3 }));
        Assert.That(Read(Follower(new RecordingQuery { Route = "/rare/*", Status = 500 })), Is.EqualTo(new long[] { 3 }));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task While_a_store_writes_and_rotates_every_record_is_read_once_in_order(CancellationToken cancellationToken)
    {
        using var rig = new JournalRig(options => options.MaxSegmentBytes = 64 * 1024);
        JournalStore store = await rig.StartAsync();
        var follower = new JournalFollower(rig.Directory.Path, new JournalFilter(new RecordingQuery()), _scan);
        Task writer = Task.Run(
            async () =>
            {
                for (int i = 0; i < 300; i++)
                {
                    await store.WriteAsync([.. Lines.Requests(i * 3, 3)], cancellationToken);
                }
            },
            cancellationToken);

        var read = new List<long>();
        while (!writer.IsCompleted)
        {
            read.AddRange(Read(follower));
        }

        await writer;
        read.AddRange(Read(follower));
        Assert.That(read, Is.EqualTo(Enumerable.Range(0, 900).Select(i => (long)i)));
        Assert.That(_scan.Skipped, Is.Zero);
    }

    private JournalFollower Follower(RecordingQuery? query = null) => new(_rig.Directory.Path, new JournalFilter(query ?? new RecordingQuery()), _scan);

    private static long[] Read(JournalFollower follower) => [.. follower.ReadWritten().Select(head => head.Sequence)];

    private static void Append(string path, byte[] bytes)
    {
        using FileStream file = new(path, FileMode.Append);
        file.Write(bytes);
    }
}
