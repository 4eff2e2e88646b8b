using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.Core.Crash;

/// <summary>Errors that repeat what a recording in the air hides.</summary>
[TestFixture(false)]
[TestFixture(true, Category = "Aot")]
[Platform("Linux")]
[CancelAfter(120_000)]
public sealed class EchoesInTheAirTests(bool isAheadOfTime)
{
    private CrashProcess _process = null!;

    [SetUp]
    public void Prepare() => _process = new CrashProcess(isAheadOfTime, isInMemory: true);

    [TearDown]
    public void Remove() => _process.Dispose();

    [TestCase("sync")]
    [TestCase("capture")]
    public async Task An_error_told_in_a_recording_says_nothing_that_the_recording_hides(string how, CancellationToken cancellationToken)
    {
        await RunAsync(how, cancellationToken);

        JsonObject record = _process.Records.Single();
        Assert.That((string?)record["message"], Is.EqualTo("[REDACTED] is wrong"));
        Assert.That((string?)record["stack"], Does.StartWith("System.InvalidOperationException: [REDACTED] is wrong\n ---> System.FormatException: no [REDACTED]\n"));
        Assert.That((string?)record["tried"], Is.EqualTo("[REDACTED]"));
        Assert.That(record["all"]!.ToJsonString(), Is.EqualTo("""["x [REDACTED]"]"""));
        Assert.That((int?)record["n"], Is.EqualTo(1));
    }

    [TestCase("outer")]
    [TestCase("outer-capture")]
    public async Task An_error_told_in_a_recording_within_another_says_nothing_that_either_hides(string how, CancellationToken cancellationToken)
    {
        await RunAsync(how, cancellationToken);

        Assert.That((string?)_process.Records.Single()["message"], Is.EqualTo("[REDACTED] and [REDACTED]"));
    }

    [TestCase("outer", 1)]
    [TestCase("throw", 3)]
    public async Task With_several_hosts_in_the_process_nothing_is_said_that_a_recording_of_any_hides(string how, int places, CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await RunAsync(how + " otherDir=journal/other", cancellationToken);

        IEnumerable<string> lines = Directory.GetFiles(_process.Directory, "*.jsonl", SearchOption.AllDirectories).SelectMany(File.ReadAllLines);
        Assert.That(lines.Count(line => line.Contains("[REDACTED] and [REDACTED]", StringComparison.Ordinal)), Is.EqualTo(places), "the file, and on an uncaught one a crash line in each journal");
        Assert.That(lines.Append(ended.Error), Has.None.Contains("hunter2-canary"));
    }

    [Test]
    public async Task An_uncaught_exception_says_nothing_that_any_recording_in_the_air_hides(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await RunAsync("throw", cancellationToken);

        Assert.That((string?)_process.Records.Single()["message"], Is.EqualTo("[REDACTED] and [REDACTED]"));
        Assert.That(ended.Error, Is.EqualTo("flightrecorder: fatal uncaught — System.InvalidOperationException: [REDACTED] and [REDACTED] (recorded to errors.jsonl)\n"));
    }

    [Test]
    public async Task So_does_one_of_a_task_that_nobody_observed(CancellationToken cancellationToken)
    {
        await RunAsync("unobserved", cancellationToken);

        Assert.That((string?)_process.Records.Single()["message"], Is.EqualTo("[REDACTED] is wrong"));
    }

    [TestCase("sync")]
    [TestCase("throw")]
    public async Task The_secret_is_in_no_file_at_all(string how, CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await RunAsync(how, cancellationToken);

        string[] files = Directory.GetFiles(_process.Directory, "*", SearchOption.AllDirectories);
        Assert.That(files, Has.Length.GreaterThan(1));
        Assert.That(files.Select(File.ReadAllText).Append(ended.Error), Has.None.Contains("hunter2-canary"));
    }

    [Test]
    public async Task The_journal_has_a_line_of_the_crash_with_the_ids_of_what_was_in_the_air(CancellationToken cancellationToken)
    {
        CrashProcess.Ended ended = await RunAsync("throw", cancellationToken);

        Dictionary<string, string> ids = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[1]);
        JsonObject crash = Journal().Single(line => (string?)line["kind"] == "crash");
        JsonObject error = crash["errors"]!.AsArray().Single()!.AsObject();
        JsonNode air = crash["timeline"]!.AsArray().Single(entry => (string?)entry!["detail"] == "in the air")!;
        Assert.That(air["data"]!.AsArray().Select(id => (string?)id), Is.EquivalentTo(new[] { ids["first"], ids["second"] }), "not that of the one that ended before");
        Assert.That((string?)crash["outcome"], Is.EqualTo("failed"));
        Assert.That(crash["trigger"]!.ToJsonString(), Is.EqualTo("""["crash"]"""));
        Assert.That((string?)error["type"], Is.EqualTo("System.InvalidOperationException"));
        Assert.That((string?)error["message"], Is.EqualTo("[REDACTED] and [REDACTED]"));
        Assert.That((string?)error["stack"], Does.StartWith("   at FlightRecorder.CrashApp.Scenarios.Throw("));
        Assert.That(Journal().Where(line => (string?)line["kind"] == "operation").Select(line => (string?)line["id"]), Is.EquivalentTo(ids.Values), "and their own lines");
    }

    private Task<CrashProcess.Ended> RunAsync(string how, CancellationToken cancellationToken)
        => _process.RunAsync($"recorded file=errors.jsonl dir=journal how={how}", cancellationToken);

    private IEnumerable<JsonObject> Journal()
        => Directory.GetFiles(Path.Combine(_process.Directory, "journal"), "*.jsonl").SelectMany(File.ReadAllLines).Select(line => JsonNode.Parse(line)!.AsObject());
}
