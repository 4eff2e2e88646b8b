using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

public class RunClockTests
{
    private const string Name = "20261120T080000-9f3a11c2d4e5f607-0001.jsonl";

    [Test]
    public async Task A_clock_that_is_put_back_an_hour_leaves_the_order_of_the_run()
    {
        using var rig = new JournalRig();
        rig.Directory.Write(Name, LineBuilder.Bytes([.. Enumerable.Range(1, 50).Select(i => At(i, TimeSpan.FromMinutes(i))), .. Enumerable.Range(51, 50).Select(i => At(i, TimeSpan.FromMinutes(i - 60)))]));

        Assert.That(await rig.SequencesAsync(), Is.EqualTo(Enumerable.Range(1, 100).Reverse().Select(i => (long)i)));
        Assert.That(List(rig, 60), Is.EqualTo(Enumerable.Range(41, 60).Reverse().Select(i => (long)i)));
    }

    [Test]
    public async Task A_clock_that_was_ten_years_ahead_for_a_while_leaves_the_order_of_the_run_and_of_other_runs()
    {
        using var rig = new JournalRig();
        rig.Directory.Write(Name, LineBuilder.Bytes([.. Enumerable.Range(1, 30).Select(i => At(i, TimeSpan.FromMinutes(i) + TimeSpan.FromDays(i is > 10 and <= 20 ? 3650 : 0)))]));
        rig.Directory.Write("20261120T080000-00000000000000aa-0001.jsonl", LineBuilder.Bytes(At(100, TimeSpan.FromMinutes(5.5)), At(101, TimeSpan.FromMinutes(28.5)), At(102, TimeSpan.FromMinutes(40))));

        long[] read = await rig.SequencesAsync();

        Assert.That(read.Where(i => i < 100), Is.EqualTo(Enumerable.Range(1, 30).Reverse().Select(i => (long)i)));
        Assert.That(read[..4], Is.EqualTo(new long[] { 102, 30, 29, 101 }));
        Assert.That(read[^6..], Is.EqualTo(new long[] { 100, 5, 4, 3, 2, 1 }));
    }

    [Test]
    public void Hostile_times_move_nothing_out_of_the_calendar()
    {
        var clock = new RunClock();
        foreach (DateTimeOffset start in new[] { DateTimeOffset.MaxValue, DateTimeOffset.MinValue.AddTicks(1), DateTimeOffset.MaxValue, LineBuilder.Start, default })
        {
            Assert.That(() => clock.Begin(new RecordingSummary { StartedAt = start, DurationUs = long.MaxValue }), Throws.Nothing);
            Assert.That(() => clock.Begin(new RecordingSummary { StartedAt = start, DurationUs = long.MinValue }), Throws.Nothing);
        }
    }

    private static string At(long sequence, TimeSpan after) => LineBuilder.Request(sequence, at: LineBuilder.Start + after);

    private static long[] List(JournalRig rig, int limit)
        => [.. rig.Reader.List(new JournalFilter(new RecordingQuery { Limit = limit }), new JournalScan()).Select(head => head.Sequence)];
}
