using System.Diagnostics;
using FlightRecorder.Tests.Core.Stores;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

public class JournalReaderTests
{
    private const string Name = "20261120T080000-9f3a11c2d4e5f607-0001.jsonl";

    private JournalScan _scan = null!;
    private JournalRig _rig = null!;

    [SetUp]
    public void SetUp()
    {
        _rig = new JournalRig();
        _scan = new JournalScan();
    }

    [TearDown]
    public void TearDown() => _rig.Dispose();

    [Test]
    public async Task A_missing_directory_is_an_empty_journal()
    {
        Assert.That(await _rig.SequencesAsync(_scan), Is.Empty);
        Assert.That(await _rig.Reader.GetAsync(LineBuilder.Id(1)), Is.Null);
        Assert.That(_scan.Skipped, Is.Zero);
    }

    [Test]
    public async Task An_empty_segment_is_passed_over()
    {
        _rig.Directory.Write(Name, []);

        Assert.That(await _rig.SequencesAsync(_scan), Is.Empty);
        Assert.That(_scan.Skipped, Is.Zero);
    }

    [Test]
    public async Task Half_a_last_line_is_counted_the_lines_before_it_are_returned_and_a_new_segment_is_opened()
    {
        byte[] whole = LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Request(2));
        byte[] half = LineBuilder.Bytes(LineBuilder.Request(3))[..200];
        string torn = _rig.Directory.Write(Name, [.. whole, .. half]);

        JournalStore store = await _rig.StartAsync();
        await store.WriteAsync([Lines.Request(4)], default);

        Assert.That(await _rig.SequencesAsync(_scan), Is.EqualTo(new long[] { 4, 2, 1 }));
        Assert.That(_scan.TornLines, Is.EqualTo(1));
        Assert.That(_scan.Skipped, Is.EqualTo(1));
        Assert.That(new FileInfo(torn).Length, Is.EqualTo(whole.Length + half.Length), "a torn segment is never appended to");
    }

    [Test]
    public async Task A_last_line_that_lacks_only_its_line_feed_is_returned()
    {
        _rig.Directory.Write(Name, LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Request(2))[..^1]);

        Assert.That(await _rig.SequencesAsync(_scan), Is.EqualTo(new long[] { 2, 1 }));
        Assert.That(_scan.Skipped, Is.Zero);
    }

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    [TestCase(4L * 1024)]
    [TestCase(70_001L)]
    [TestCase(1024L * 1024 * 1024)]
    public async Task A_tail_of_zeros_is_skipped_in_bounded_memory_and_time(long zeros)
    {
        string path = _rig.Directory.Write(Name, [.. LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Request(2)), .. "{\"v\":1,\"ru"u8]);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length + zeros);
        }

        long before = GC.GetTotalAllocatedBytes();
        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        long[] read = await _rig.SequencesAsync(_scan);

        Assert.That(read, Is.EqualTo(new long[] { 2, 1 }));
        Assert.That((_scan.ZeroRuns, _scan.TornLines), Is.EqualTo((1, 1)));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(2_000_000));

        // The first reading may have paid for memory that the machine had not handed out yet.
        TimeSpan cpu = Environment.CpuUsage.TotalTime - cpuBefore;
        if (cpu >= s_limit)
        {
            cpuBefore = Environment.CpuUsage.TotalTime;
            await _rig.SequencesAsync(new JournalScan());
            cpu = Environment.CpuUsage.TotalTime - cpuBefore;
        }

        Assert.That(cpu, Is.LessThan(s_limit), "of processor, since others may keep the machine busy");
        await AssertNextStartAsync();
    }

    [Test]
    public async Task Zeros_between_lines_cost_no_line()
    {
        _rig.Directory.Write(Name, [.. LineBuilder.Bytes(LineBuilder.Request(1)), .. new byte[9000], .. LineBuilder.Bytes(LineBuilder.Request(2))]);

        Assert.That(await _rig.SequencesAsync(_scan), Is.EqualTo(new long[] { 2, 1 }));
        Assert.That(_scan.ZeroRuns, Is.EqualTo(1));
    }

    [Test]
    public async Task Any_flipped_bit_costs_its_line_at_most_is_counted_and_spares_the_neighbours()
    {
        byte[] bytes = LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Request(2), LineBuilder.Request(3));
        int second = Array.IndexOf(bytes, (byte)'\n') + 1;
        int third = Array.IndexOf(bytes, (byte)'\n', second) + 1;

        for (int bit = second * 8; bit < third * 8; bit++)
        {
            byte[] damaged = [.. bytes];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var scan = new JournalScan();
            List<long> read = ReadAll(damaged, scan);

            bool isLineFeed = bit / 8 == third - 1;
            Assert.That(read, Is.EqualTo(isLineFeed ? [2, 3, 1] : new long[] { 3, 1 }).Or.EqualTo(new long[] { 3, 2, 1 }), $"bit {bit}");
            Assert.That(read.Contains(2), Is.EqualTo(isLineFeed), $"bit {bit}");
            Assert.That(scan.CorruptLines, Is.GreaterThan(0), $"bit {bit}");
        }

        TestContext.Out.WriteLine($"{(third - second) * 8} faults injected: flipped bits of a line");
        await Task.CompletedTask;
    }

    [Test]
    public async Task A_hundred_megabytes_without_a_line_feed_are_skipped_in_bounded_memory()
    {
        string path = _rig.Directory.Write(Name, LineBuilder.Bytes(LineBuilder.Request(1)));
        using (FileStream file = new(path, FileMode.Append))
        {
            byte[] block = new byte[1024 * 1024];
            block.AsSpan().Fill((byte)'x');
            for (int i = 0; i < 100; i++)
            {
                file.Write(block);
            }

            file.Write(LineBuilder.Bytes("", LineBuilder.Request(2)));
        }

        long before = GC.GetTotalAllocatedBytes();
        long[] read = await _rig.SequencesAsync(_scan);

        Assert.That(read, Is.EqualTo(new long[] { 2, 1 }));
        Assert.That(_scan.OversizedLines, Is.EqualTo(1));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(3 * LineWindow.MaxLine));
    }

    [Test]
    public async Task The_longest_line_of_the_format_is_read()
    {
        string line = LineBuilder.Request(2, extra: Lines.Padding(LineWindow.MaxLine - 1000));
        _rig.Directory.Write(Name, LineBuilder.Bytes(LineBuilder.Request(1), line, LineBuilder.Request(3)));

        Assert.That(await _rig.SequencesAsync(_scan), Is.EqualTo(new long[] { 3, 2, 1 }));
        Assert.That(_scan.Skipped, Is.Zero);
    }

    [Test]
    public async Task Lines_of_every_length_around_the_block_size_are_read()
    {
        var lines = new List<string>();
        for (int i = 0; i < 40; i++)
        {
            lines.Add(LineBuilder.Request(i, extra: Lines.Padding((64 * 1024) - 480 + (i * 3))));
        }

        _rig.Directory.Write(Name, LineBuilder.Bytes([.. lines]));

        Assert.That(await _rig.SequencesAsync(_scan), Is.EqualTo(Enumerable.Range(0, 40).Reverse().Select(i => (long)i)));
    }

    [Test]
    public async Task While_it_is_written_only_whole_records_are_read()
    {
        JournalStore store = await _rig.StartAsync();
        Task writer = Task.Run(async () =>
        {
            for (int i = 0; i < 300; i++)
            {
                await store.WriteAsync([.. Lines.Requests(i * 3, 3)], default);
            }
        });

        int rounds = 0;
        while (!writer.IsCompleted || rounds == 0)
        {
            long[] read = await _rig.SequencesAsync(_scan);
            Assert.That(read, Is.EqualTo(Enumerable.Range(0, read.Length).Reverse().Select(i => (long)i)), "no hole, no half");
            rounds++;
        }

        await writer;
        Assert.That(await _rig.SequencesAsync(), Has.Length.EqualTo(900));
        Assert.That(_scan.CorruptLines, Is.Zero);
    }

    [Test]
    public async Task Segments_that_come_and_go_while_the_directory_is_read_hide_no_other()
    {
        _rig.Directory.Write(Name, LineBuilder.Bytes(LineBuilder.Request(1)));
        using var stop = new CancellationTokenSource();
        Task churn = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                string[] files = [.. Enumerable.Range(2, 50).Select(i => _rig.Directory.Write($"20261120T080000-00000000000000bb-{i:D4}.jsonl", []))];
                Array.ForEach(files, File.Delete);
            }
        });

        for (int i = 0; i < 300; i++)
        {
            Assert.That(await _rig.SequencesAsync(), Is.EqualTo(new long[] { 1 }));
        }

        await stop.CancelAsync();
        await churn;
    }

    [Test]
    public async Task Runs_are_merged_by_time_and_sequence()
    {
        _rig.Directory.Write(Name, LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Request(4), LineBuilder.Request(5)));
        _rig.Directory.Write("20261120T080000-00000000000000aa-0001.jsonl", LineBuilder.Bytes(LineBuilder.Request(2), LineBuilder.Request(6)));
        _rig.Directory.Write("20261120T080000-00000000000000aa-0002.jsonl", LineBuilder.Bytes(LineBuilder.Request(7)));
        _rig.Directory.Write("copied by hand.jsonl", LineBuilder.Bytes(LineBuilder.Request(3)));

        Assert.That(await _rig.SequencesAsync(), Is.EqualTo(new long[] { 7, 6, 5, 4, 3, 2, 1 }));
    }

    [Test]
    public async Task A_short_list_of_a_long_journal_reads_its_end_only()
    {
        for (int segment = 1; segment <= 5; segment++)
        {
            int first = segment * 1000;
            _rig.Directory.Write(
                $"20261120T080000-9f3a11c2d4e5f607-{segment:D4}.jsonl",
                LineBuilder.Bytes([.. Enumerable.Range(first, 300).Select(i => LineBuilder.Request(i))]));
        }

        IReadOnlyList<RecordingSummary> list = await _rig.Reader.ListAsync(new RecordingQuery { Limit = 5 }, _scan);

        Assert.That(list.Select(head => head.Sequence), Is.EqualTo(new long[] { 5299, 5298, 5297, 5296, 5295 }));
        Assert.That(_scan.Segments, Is.EqualTo(1));
        Assert.That(_scan.Lines, Is.LessThan(100));
    }

    [Test]
    public async Task A_long_request_that_began_early_is_sorted_by_its_beginning()
    {
        _rig.Directory.Write(Name, LineBuilder.Bytes(
            LineBuilder.Request(10), LineBuilder.Request(20), LineBuilder.Request(15, durationUs: 20_000_000), LineBuilder.Request(30)));

        IReadOnlyList<RecordingSummary> list = await _rig.Reader.ListAsync(new RecordingQuery { Limit = 3 });

        Assert.That(list.Select(head => head.Sequence), Is.EqualTo(new long[] { 30, 20, 15 }));
    }

    [Test]
    [Platform("Linux")]
    [CancelAfter(10_000)]
    public async Task A_fifo_and_a_link_in_the_directory_are_not_opened(CancellationToken cancellationToken)
    {
        _rig.Directory.Write(Name, LineBuilder.Bytes(LineBuilder.Request(1)));
        string outside = _rig.Directory.Write("outside.txt", LineBuilder.Bytes(LineBuilder.Request(2)));
        File.CreateSymbolicLink(_rig.Directory.File("link.jsonl"), outside);
        using (Process process = Process.Start("mkfifo", _rig.Directory.File("fifo.jsonl")))
        {
            await process.WaitForExitAsync(cancellationToken);
        }

        Assert.That(await _rig.SequencesAsync().WaitAsync(cancellationToken), Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public async Task A_hostile_journal_is_skipped_line_by_line()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 100_000));
        string[] hostile =
        [
            "", "null", "{}", "[]", "\"x\"", "not json at all",
            LineBuilder.Seal("{\"v\":1"),
            LineBuilder.Seal("{\"v\":\"1\",\"id\":5"),
            LineBuilder.Seal("{\"v\":1,\"id\":\"../../etc/passwd\",\"kind\":\"request\""),
            LineBuilder.Seal("{\"v\":1,\"tags\":" + deep),
            LineBuilder.Seal("{\"v\":1,\"kind\":\"request\",\"id\":\"" + LineBuilder.Id(5) + "\",\"requestId\":\"\\ud800\""),
            LineBuilder.Seal("{\"v\":99999999999999999999,\"kind\":\"request\""),
            string.Concat(Enumerable.Repeat(",\"crc\":\"00000000\"}", 10_000)),
        ];
        string odd = LineBuilder.Seal("{\"v\":1,\"kind\":\"request\",\"id\":\"" + LineBuilder.Id(2) + "\",\"seq\":2,\"ts\":17,\"durationUs\":9223372036854775807,\"actor\":7,\"request\":[],\"response\":\"no\",\"mutations\":{},\"errors\":[3,{\"type\":4}],\"trigger\":{}");
        _rig.Directory.Write(Name, LineBuilder.Bytes([LineBuilder.Request(1), .. hostile, odd, LineBuilder.Request(3)]));

        Assert.That(await _rig.SequencesAsync(_scan), Is.EqualTo(new long[] { 3, 1, 2 }));
        Assert.That(_scan.CorruptLines, Is.EqualTo(hostile.Length - 1), "all but the empty line");
        Recording recording = (await _rig.Reader.GetAsync(LineBuilder.Id(2)))!;
        Assert.That((recording.Actor, recording.Request, recording.Response, recording.Mutations.Count), Is.EqualTo((default(RequestActor), default(RecordedRequest), default(RecordedResponse), 0)));
    }

    [Test]
    public async Task An_id_is_found_by_its_beginning_when_that_is_unique()
    {
        _rig.Directory.Write(Name, LineBuilder.Bytes(LineBuilder.Request(0xab000001), LineBuilder.Request(0xab000002), LineBuilder.Request(0xcd000001)));

        Assert.That(Find("cd").Found?.Sequence, Is.EqualTo(0xcd000001));
        Assert.That(Find("AB00000119AA7").Found?.Sequence, Is.EqualTo(0xab000001));
        Assert.That(Find(LineBuilder.Id(0xab000002).ToString()).Found?.Sequence, Is.EqualTo(0xab000002));
        Assert.That(Find("ab").IsAmbiguous);
        Assert.That(Find("ab").Candidates.Select(head => head.Sequence), Is.EqualTo(new long[] { 0xab000002, 0xab000001 }));
        Assert.That(Find("ef"), Is.EqualTo(IdLookup.None));
        await Task.CompletedTask;
    }

    [TestCase("")]
    [TestCase("../../etc/passwd")]
    [TestCase("ab\0")]
    [TestCase("-ab")]
    [TestCase("ab%")]
    [TestCase("0000000119aa700080000000000000ca00000")]
    public void What_cannot_begin_an_id_is_none(string typed) => Assert.That(IdPrefix.TryParse(typed, out _), Is.False);

    [Test]
    public void A_megabyte_is_no_id() => Assert.That(IdPrefix.TryParse(new string('a', 1024 * 1024), out _), Is.False);

    [Test]
    public async Task Earlier_recordings_that_changed_rows_are_found_newest_first()
    {
        const string Mutation = "\"mutations\":[{\"operation\":\"update\",\"table\":\"stock\",\"key\":{\"sku\":\"tea\"}}]";
        _rig.Directory.Write(Name, LineBuilder.Bytes(
            LineBuilder.Request(1, extra: Mutation), LineBuilder.Request(2), LineBuilder.Request(3, extra: Mutation), LineBuilder.Request(4, extra: Mutation), LineBuilder.Request(5, extra: Mutation)));
        Recording failing = (await _rig.Reader.GetAsync(LineBuilder.Id(4)))!;

        IReadOnlyList<Recording> earlier = _rig.Reader.FindEarlierWriters(failing, 10);

        Assert.That(earlier.Select(recording => recording.Sequence), Is.EqualTo(new long[] { 3, 1 }));
    }

    private async Task AssertNextStartAsync()
    {
        _rig.Options.MaxTotalBytes = 4L * 1024 * 1024 * 1024;
        long started = Stopwatch.GetTimestamp();
        await using (JournalStore next = await _rig.StartAsync())
        {
            await next.WriteAsync([Lines.Request(3)], default);
        }

        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(s_limit), "the next start");
        Assert.That(await _rig.SequencesAsync(), Is.EqualTo(new long[] { 3, 2, 1 }));
    }

    private IdLookup Find(string typed)
    {
        Assert.That(IdPrefix.TryParse(typed, out IdPrefix prefix));
        return _rig.Reader.Find(prefix, _scan);
    }

    private static List<long> ReadAll(byte[] bytes, JournalScan scan)
    {
        var sequences = new List<long>();
        foreach (ReadOnlyMemory<byte> line in new BackwardLines(new MemoryStream(bytes), bytes.Length, scan).Read())
        {
            if (SummaryParser.TryRead(line.Span, out RecordingSummary? head) == LineContent.Recording)
            {
                sequences.Add(head!.Sequence);
            }
        }

        return sequences;
    }
}
