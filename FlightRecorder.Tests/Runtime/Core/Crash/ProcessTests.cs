using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.Core.Crash;

/// <summary>What only a process of its own can show.</summary>
[TestFixture(false)]
[TestFixture(true, Category = "Aot")]
[Platform("Linux")]
[CancelAfter(120_000)]
public sealed class ProcessTests(bool isAheadOfTime)
{
    private const string Name = "System.InvalidOperationException";

    private CrashProcess _process = null!;

    [SetUp]
    public void Prepare() => _process = new CrashProcess(isAheadOfTime);

    [TearDown]
    public void Remove() => _process.Dispose();

    [TestCase("throw")]
    [TestCase("throw-on-thread")]
    [TestCase("install-twice")]
    public async Task An_uncaught_exception_is_one_line_a_pointer_on_standard_error_and_exit_1(string scenario, CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync(scenario + " file=errors.jsonl app=shop", cancellationToken);

        JsonObject record = _process.Records.Single();
        Assert.That((string?)record["kind"], Is.EqualTo("uncaught"));
        Assert.That((string?)record["message"], Is.EqualTo("lost"));
        Assert.That((string?)record["app"], Is.EqualTo("shop"));
        Assert.That((string?)record["stack"], Does.StartWith(Name + ": lost\n   at FlightRecorder.CrashApp.Scenarios.Throw("));
        Assert.That(ended, Is.EqualTo(new CrashProcess.Ended(1, "", $"flightrecorder: fatal uncaught — {Name}: lost (recorded to errors.jsonl)\n")));
    }

    [Test]
    public async Task Without_a_file_the_record_is_on_standard_error_and_no_pointer(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("throw", cancellationToken);

        Assert.That(ended.ExitCode, Is.EqualTo(1));
        Assert.That((string?)CrashRig.Parse(ended.Error)["message"], Is.EqualTo("lost"));
    }

    [Test]
    public async Task The_pointer_shows_control_characters_and_stays_one_line(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("throw file=errors.jsonl message=a\\nb\\e[2J", cancellationToken);

        Assert.That(ended.Error, Is.EqualTo($"flightrecorder: fatal uncaught — {Name}: a\\x0ab\\x1b[2J (recorded to errors.jsonl)\n"));
    }

    [Test]
    public async Task The_pointer_says_when_the_record_was_dropped(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("throw file=/proc/none/errors.jsonl bootCheck=false", cancellationToken);

        Assert.That(ended.ExitCode, Is.EqualTo(1));
        Assert.That(ended.Error, Is.EqualTo(
            "flightrecorder: write to /proc/none/errors.jsonl failed (ENOENT): No such file or directory\n"
            + $"flightrecorder: fatal uncaught — {Name}: lost (record DROPPED, /proc/none/errors.jsonl unwritable)\n"));
    }

    [Test]
    public async Task A_process_that_shall_live_on_does_after_an_exception_on_a_thread(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("throw-on-thread file=errors.jsonl exitOnUncaught=false", cancellationToken);
        if (isAheadOfTime)
        {
            Assert.That(ended.Error, Does.Contain("before .NET 10 no process survives"));
            return;
        }

        Assert.That((string?)_process.Records.Single()["kind"], Is.EqualTo("uncaught"));
        Assert.That(ended, Is.EqualTo(new CrashProcess.Ended(0, "alive\n", "")));
    }

    [Test]
    public async Task On_the_main_thread_there_is_nothing_to_go_on_with_but_the_line_is_written(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("throw file=errors.jsonl exitOnUncaught=false", cancellationToken);
        if (isAheadOfTime)
        {
            Assert.That(ended.Error, Does.Contain("before .NET 10 no process survives"));
            return;
        }

        Assert.That((string?)_process.Records.Single()["message"], Is.EqualTo("lost"));
        Assert.That(ended.ExitCode, Is.EqualTo(134));
    }

    [Test]
    public async Task A_task_that_nobody_observed_is_written_and_the_process_lives_on(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("unobserved file=errors.jsonl", cancellationToken);

        JsonObject record = _process.Records.Single();
        Assert.That((string?)record["kind"], Is.EqualTo("unobserved"));
        Assert.That((string?)record["name"], Is.EqualTo(Name), "what the task threw, not its wrapper");
        Assert.That((string?)record["message"], Is.EqualTo("forgotten"));
        Assert.That(ended, Is.EqualTo(new CrashProcess.Ended(0, "alive\n", "")));
    }

    [Test]
    public async Task A_task_that_nobody_observed_ends_the_process_when_asked_for(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("unobserved file=errors.jsonl exitOnUnobserved=true", cancellationToken);

        Assert.That((string?)_process.Records.Single()["kind"], Is.EqualTo("unobserved"));
        Assert.That(ended.ExitCode, Is.EqualTo(1));
        Assert.That(ended.Error, Is.EqualTo($"flightrecorder: fatal unobserved — {Name}: forgotten (recorded to errors.jsonl)\n"));
    }

    [TestCase("capture-and-return", 0)]
    [TestCase("capture-and-exit", 3)]
    public async Task An_ordered_end_waits_for_what_was_captured(string scenario, int exitCode, CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync(scenario + " file=errors.jsonl", cancellationToken);

        Assert.That((string?)_process.Records.Single()["message"], Is.EqualTo("told"));
        Assert.That(ended, Is.EqualTo(new CrashProcess.Ended(exitCode, "", "")));
    }

    [Test]
    public async Task What_was_captured_before_a_crash_stands_before_it(CancellationToken cancellationToken)
    {
        await _process.RunAsync("capture-then-throw file=errors.jsonl", cancellationToken);

        Assert.That(_process.Records.Select(record => (string?)record["message"]), Is.EqualTo(new[] { "told", "lost" }));
    }

    [TestCase("fail-fast", 134)]
    [TestCase("overflow", 134)]
    [TestCase("kill", 137)]
    public async Task A_death_that_nobody_hears_of_leaves_what_was_written_before(string scenario, int exitCode, CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync(scenario + " file=errors.jsonl", cancellationToken, "ulimit -c 0; exec \"$@\"");

        Assert.That((string?)_process.Records.Single()["message"], Is.EqualTo("told"));

        // Ahead of time it depends on the machine whether the fault of a full stack is turned into an abort.
        Assert.That(ended.ExitCode, Is.EqualTo(exitCode).Or.EqualTo(isAheadOfTime && scenario == "overflow" ? 139 : exitCode));
    }

    [Test]
    public async Task A_crash_loop_starts_as_fast_as_ever_and_fills_no_disk(CancellationToken cancellationToken)
    {
        const int MaxBytes = 30_000;
        var installing = new List<int>();
        for (int turn = 0; turn < 12; turn++)
        {
            CrashProcess.Ended ended = await _process.RunAsync($"throw-and-tell-time file=errors.jsonl maxBytes={MaxBytes}", cancellationToken);
            Assert.That(ended.ExitCode, Is.EqualTo(1));
            installing.Add(int.Parse(ended.Output));
        }

        // The quickest of the later ones: a machine may be busy, but what a loop leaves behind would slow each.
        Assert.That(installing.Skip(6).Min(), Is.LessThan(500), string.Join(' ', installing));
        Assert.That(_process.Records, Has.Count.InRange(4, 8), "the latest are there, the oldest are not");
        Assert.That(Directory.GetFiles(_process.Directory).Sum(file => new FileInfo(file).Length), Is.LessThanOrEqualTo(2 * MaxBytes));
    }

    [Test]
    public async Task An_app_that_hangs_at_its_exit_is_gone_after_some_seconds(CancellationToken cancellationToken)
        => Assert.That((await _process.RunAsync("slow-exit file=errors.jsonl", cancellationToken)).ExitCode, Is.EqualTo(1));

    [Test]
    public async Task A_file_that_cannot_be_written_stops_the_start(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await _process.RunAsync("sync file=/etc", cancellationToken);

        Assert.That(ended.ExitCode, Is.Not.Zero);
        Assert.That(ended.Error, Does.Contain("""CrashOptions.File is "/etc"; allowed: a file that can be appended to (EISDIR: Is a directory)."""));
    }
}
