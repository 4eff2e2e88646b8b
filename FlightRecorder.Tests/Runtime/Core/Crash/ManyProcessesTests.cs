using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.Core.Crash;

/// <summary>Processes that share a file.</summary>
[TestFixture(false)]
[TestFixture(true, Category = "Aot")]
[Platform("Linux")]
[CancelAfter(300_000)]
public sealed class ManyProcessesTests(bool isAheadOfTime)
{
    private const int Processes = 8;
    private const int Captures = 1000;

    // Lines are 5.4 KB on average: 43 MB in all, so that one change to a new file falls into the middle and none follows.
    // In memory: at its end a process waits some seconds for its lines, and a disk that others use may take longer for all of these.
    [TestCase("sync=false", 30_000_000)]
    [TestCase("sync=true", 30_000_000)]
    public async Task Every_line_of_every_process_is_whole_and_present_across_a_rotation(string how, int maxBytes, CancellationToken cancellationToken)
    {
        using var process = new CrashProcess(isAheadOfTime, isInMemory: true);
        CrashProcess.Ended[] ended = await Task.WhenAll(Enumerable.Range(0, Processes).Select(app => process.RunAsync(
            $"storm file=errors.jsonl count={Captures} {how} app={app} maxBytes={maxBytes}", cancellationToken)));

        CheckEnds(ended);
        Assert.That(File.Exists(process.File + ".1"), "it was rotated");
        ILookup<string, int> captured = process.Records.ToLookup(record => (string)record["app"]!, record => (int)record["n"]!);
        Assert.That(captured, Has.Count.EqualTo(Processes));
        foreach (IGrouping<string, int> app in captured)
        {
            Assert.That(app.Order(), Is.EqualTo(Enumerable.Range(0, Captures)), app.Key);
        }
    }

    // The older file is dropped again and again: lines go, but none is torn and none is there twice.
    [Test]
    public async Task Many_rotations_tear_and_repeat_nothing_and_keep_the_disk_bounded(CancellationToken cancellationToken)
    {
        const int MaxBytes = 200_000;
        using var process = new CrashProcess(isAheadOfTime, isInMemory: true);
        CrashProcess.Ended[] ended = await Task.WhenAll(Enumerable.Range(0, 4).Select(app => process.RunAsync(
            $"storm file=errors.jsonl count=500 sync=true app={app} maxBytes={MaxBytes}", cancellationToken)));

        CheckEnds(ended);
        IReadOnlyList<JsonObject> records = process.Records;
        Assert.That(records.Select(record => $"{record["app"]}-{record["n"]}"), Is.Unique);

        // Moved away when it was full, and not again by one that came late: no line is longer than 12 KB.
        Assert.That(new FileInfo(process.File + ".1").Length, Is.GreaterThan(MaxBytes - 12_000));

        // A process that moves it may be held up meanwhile, with the others writing on.
        Assert.That(new FileInfo(process.File).Length, Is.LessThan((2 * MaxBytes) + (4 * 12_000)));
        Assert.That(Directory.GetFiles(process.Directory), Has.Length.EqualTo(2));
    }

    // None lost a line. That somebody was asked to come again is the machine's, which had no time for the other.
    private static void CheckEnds(CrashProcess.Ended[] ended)
    {
        Assert.That(ended.Select(end => (end.ExitCode, end.Output)), Is.All.EqualTo((0, "")));
        Assert.That(ended.SelectMany(end => end.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), Is.All.Contains("(EAGAIN)"));
    }
}
