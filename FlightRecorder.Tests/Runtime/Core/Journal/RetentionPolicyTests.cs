using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

public class RetentionPolicyTests
{
    private static readonly DateTimeOffset s_now = LineBuilder.Start;

    // Each file is series/ordinal:bytes@hours of age.
    [TestCase("", 100, 24, "", TestName = "Nothing_goes_where_there_is_nothing")]
    [TestCase("a1:40@3 a2:40@2", 100, 24, "", TestName = "Nothing_goes_while_all_fits")]
    [TestCase("a1:40@3 a2:40@2 a3:40@1", 100, 24, "a1", TestName = "The_oldest_goes_first")]
    [TestCase("a1:40@3 b1:40@5 a2:40@2", 100, 24, "b1", TestName = "Other_runs_count_too")]
    [TestCase("a1:40@30 a2:40@2", 100, 24, "a1", TestName = "What_is_too_old_goes_though_it_fits")]
    [TestCase("a1:40@3 a2:40@2", 0, 24, "a1 a2", TestName = "All_closed_ones_go_without_a_budget")]
    [TestCase("a1:40@1 a2:40@5 a3:40@4", 90, 24, "a1", TestName = "Within_a_run_the_ordinal_counts_when_the_clock_went_back")]
    [TestCase("a1:40@1 a2:40@30", 100, 24, "", TestName = "A_clock_put_back_makes_no_segment_old")]
    [TestCase("a1:200@3 a2:40@2", 100, 24, "a1", TestName = "One_large_one_goes_and_that_is_enough")]
    public void Expired(string closed, long budget, int maxHours, string expected)
    {
        IReadOnlyList<SegmentFile> expired = RetentionPolicy.Expired(Files(closed), budget, s_now.AddHours(-maxHours));

        Assert.That(string.Join(' ', expired.Select(file => file.Path)), Is.EqualTo(expected));
    }

    [TestCase(0, 0)]
    [TestCase(1, 0)]
    [TestCase(2, 100)]
    [TestCase(3, 200)]
    [TestCase(9, 12_800)]
    [TestCase(11, 30_000)]
    [TestCase(int.MaxValue, 30_000)]
    public void The_delay_doubles_up_to_half_a_minute(int failures, int milliseconds)
        => Assert.That(RetryDelay.After(failures), Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase("20261120T081500-9f3a11c2d4e5f607-0001.jsonl", "20261120T081500-9f3a11c2d4e5f607", 1, null)]
    [TestCase("20261120T081500-9f3a11c2d4e5f607-12345.jsonl", "20261120T081500-9f3a11c2d4e5f607", 12345, null)]
    [TestCase("20261120T081500-9f3a11c2d4e5f607-0001.4096.dirty", "20261120T081500-9f3a11c2d4e5f607", 1, 4096L)]
    [TestCase("copy.jsonl", "copy", 0, null)]
    [TestCase("x-9999999999999999999999.jsonl", "x-9999999999999999999999", 0, null)]
    public void A_segment_name_is_read(string file, string series, int ordinal, long? good)
    {
        Assert.That(SegmentName.TryParse(file, out SegmentName name));

        Assert.That(name, Is.EqualTo(new SegmentName(series, ordinal, good)));
    }

    [TestCase("slots.bin")]
    [TestCase("x.dirty")]
    [TestCase("x.-1.dirty")]
    [TestCase(".gitignore")]
    public void Other_names_are_no_segments(string file) => Assert.That(SegmentName.TryParse(file, out _), Is.False);

    private static IEnumerable<SegmentFile> Files(string table)
        => table.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(cell =>
        {
            string[] parts = cell.Split(':', '@');
            return new SegmentFile(parts[0], new SegmentName(parts[0][..1], parts[0][1] - '0', null), long.Parse(parts[1]), s_now.AddHours(-int.Parse(parts[2])));
        });
}
