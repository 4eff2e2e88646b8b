namespace FlightRecorder.Tests.AspNetCore.Crash;

/// <summary>A web app that an uncaught exception ends.</summary>
public sealed class CrashDumpTests
{
    private const int Aborted = 128 + 6;

    // A thread forgets which request began it as it unwinds; async void does not.
    [TestCase("/throw-on-thread", "lost on a thread", RecordingOutcome.Unfinished)]
    [TestCase("/throw-async-void", "lost in async void", RecordingOutcome.Failed)]
    public async Task Requests_in_the_air_and_the_ring_are_in_the_journal_and_the_process_dies_as_it_would_have(string path, string message, RecordingOutcome outcome)
    {
        using FallingProcess process = await FallingProcess.StartAsync("ring=1000000");
        (await process.Client.GetAsync("/held/1")).Dispose();
        (await process.Client.GetAsync("/held/2")).Dispose();
        (await process.PostAsync("/recorded")).Dispose();
        Task waiting = process.PostAsync("/wait/jane");
        Assert.That(await process.ReadLineAsync(), Is.EqualTo("waiting"));

        Task falling = process.PostAsync(path);
        await process.ExitAsync();
        IReadOnlyList<Recording> recordings = await process.RecordingsAsync();
        Dictionary<string, Recording> byPath = recordings.Where(recording => recording.Kind == RecordingKind.Request).ToDictionary(recording => recording.Request!.Path!);
        Assert.Multiple(() =>
        {
            Assert.That(process.ExitCode, Is.EqualTo(Aborted), process.Error);
            Assert.That(process.Error, Does.Contain("Unhandled exception").And.Contain(message));
            Assert.That(byPath.Keys, Is.EquivalentTo(new[] { "/held/1", "/held/2", "/recorded", "/wait/jane", path }));
            Assert.That(byPath["/recorded"].Trigger, Is.EqualTo(Triggers.Always));
            Assert.That((byPath["/held/2"].Trigger, byPath["/held/2"].Outcome), Is.EqualTo((Triggers.Crash, RecordingOutcome.Completed)));
            Assert.That((byPath["/wait/jane"].Trigger, byPath["/wait/jane"].Outcome), Is.EqualTo((Triggers.Crash, RecordingOutcome.Unfinished)));
            Assert.That(byPath["/wait/jane"].Timeline.Select(entry => entry.Detail), Has.Member("waiting"));
            Assert.That(byPath["/wait/jane"].Request!.Body!.ToString(), Does.Contain("jane"));
            Assert.That((byPath[path].Trigger, byPath[path].Outcome), Is.EqualTo((Triggers.Crash, outcome)));
            Assert.That(byPath[path].Errors.Select(error => error.Message), outcome == RecordingOutcome.Failed ? Is.EqualTo(new[] { message }) : Is.Empty);
            Assert.That(byPath[path].Timeline.Select(entry => entry.Data.ToString()), Has.Member("uncaught System.InvalidOperationException"));
            Assert.That(process.Text(), Does.Not.Contain("pin-4711-canary"));
        });
        await Task.WhenAll(Ended(waiting), Ended(falling));
    }

    [Test]
    public async Task Under_the_crash_recorder_it_exits_with_1_after_its_line_and_the_dump()
    {
        string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n") + ".jsonl");
        using FallingProcess process = await FallingProcess.StartAsync("ring=1000000", "crashFile=" + file);
        (await process.Client.GetAsync("/held/1")).Dispose();
        Task falling = process.PostAsync("/throw-on-thread");
        await process.ExitAsync();

        IReadOnlyList<Recording> recordings = await process.RecordingsAsync();
        Assert.Multiple(() =>
        {
            Assert.That(process.ExitCode, Is.EqualTo(1));
            Assert.That(File.ReadAllLines(file).Single(), Does.Contain("lost on a thread"));
            Assert.That(recordings.Where(recording => recording.Kind == RecordingKind.Request).Select(recording => recording.Request!.Path), Is.EquivalentTo(new[] { "/held/1", "/throw-on-thread" }));
            Assert.That(recordings.Count(recording => recording.Kind == RecordingKind.Crash), Is.EqualTo(1));
        });
        File.Delete(file);
        await Ended(falling);
    }

    [Test]
    public async Task A_store_that_hangs_delays_the_death_no_longer_than_a_second()
    {
        using FallingProcess process = await FallingProcess.StartAsync("store=hanging", "ring=1000000");
        (await process.PostAsync("/recorded")).Dispose();
        Task falling = process.PostAsync("/throw-on-thread");
        TimeSpan took = await process.ExitAsync();

        // What the runtime takes to abort comes on top, on a machine that is busy.
        Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(6)));
        Assert.That(process.ExitCode, Is.EqualTo(Aborted));
        await Ended(falling);
    }

    [Test]
    public async Task Where_the_process_lives_on_the_ring_is_written_and_requests_go_on()
    {
        string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n") + ".jsonl");
        using FallingProcess process = await FallingProcess.StartAsync("ring=1000000", "crashFile=" + file, "survive=yes");
        (await process.Client.GetAsync("/held/1")).Dispose();
        Task falling = process.PostAsync("/throw-on-thread");
        Recording dumped = await process.FirstAsync();
        (await process.Client.GetAsync("/held/2")).EnsureSuccessStatusCode().Dispose();

        Assert.That((dumped.Request!.Path, dumped.Trigger), Is.EqualTo(("/held/1", Triggers.Crash)));
        File.Delete(file);
        process.Dispose();
        await Ended(falling);
    }

    private static async Task Ended(Task request)
    {
        try
        {
            await request.WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (HttpRequestException)
        {
            // The server died.
        }
    }
}
