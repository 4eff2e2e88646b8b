namespace FlightRecorder.Tests.Core.Context;

[NonParallelizable]
public sealed class TimelineOrderTests
{
    [Test]
    public async Task An_entry_that_began_before_earlier_ones_takes_its_place_in_time()
    {
        string?[] details = await TimelineOf([("first", 10), ("mutation", 96), ("mark", 97), ("its command", 84), ("last", 120)]);
        Assert.That(details, Is.EqualTo(new[] { "first", "its command", "mutation", "mark", "last" }));
    }

    [Test]
    public async Task Entries_of_one_moment_stay_in_the_order_in_which_they_came()
    {
        string?[] details = await TimelineOf([("a", 50), ("b", 50), ("early", 20), ("c", 50), ("early too", 20)]);
        Assert.That(details, Is.EqualTo(new[] { "early", "early too", "a", "b", "c" }));
    }

    [Test]
    public async Task A_recording_is_in_order_when_its_pooled_object_was_out_of_order_before()
    {
        await using Recorder recorder = await TestRecorder.StartAsync(recording => _details = Details(recording));
        Record([("late", 90), ("early", 5)]);
        Record([("one", 1), ("two", 2)]);
        Assert.That(_details, Is.EqualTo(new[] { "one", "two" }));
        Record([("late", 2), ("early", 1)]);
        Assert.That(_details, Is.EqualTo(new[] { "early", "late" }));
    }

    [Test]
    public void Any_order_is_restored_and_ties_are_kept()
    {
        var random = new Random(20261120);
        for (int round = 0; round < 200; round++)
        {
            TimelineEntry[] entries = [.. Enumerable.Range(0, random.Next(40)).Select(i => new TimelineEntry { Type = "mark", Detail = i.ToString("d", null), AtUs = random.Next(12) })];
            string?[] expected = [.. entries.OrderBy(entry => entry.AtUs).Select(entry => entry.Detail)];
            TimelineOrder.Restore(entries);
            Assert.That(entries.Select(entry => entry.Detail), Is.EqualTo(expected));
        }
    }

    private string?[] _details = [];

    private async Task<string?[]> TimelineOf((string Detail, long AtUs)[] entries)
    {
        await using Recorder recorder = await TestRecorder.StartAsync(recording => _details = Details(recording));
        Record(entries);
        return _details;
    }

    private static void Record((string Detail, long AtUs)[] entries)
    {
        using (Flight.Begin("import"))
        {
            foreach ((string detail, long atUs) in entries)
            {
                Flight.Current!.Value.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = detail, AtUs = atUs });
            }
        }
    }

    private static string?[] Details(ActiveRecording recording) => [.. recording.Timeline.ToArray().Select(entry => entry.Detail)];
}
