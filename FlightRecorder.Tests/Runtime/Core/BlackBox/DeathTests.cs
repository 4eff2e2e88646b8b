using System.Text;
using FlightRecorder.Tests.Core.Crash;
using FlightRecorder.Tests.Core.Journal;

namespace FlightRecorder.Tests.Core.BlackBox;

/// <summary>Processes that end without a word while requests are in the air.</summary>
[TestFixture(false)]
[TestFixture(true, Category = "Aot")]
[Platform("Linux")]
[CancelAfter(600_000)]
public sealed class DeathTests(bool isAheadOfTime)
{
    private const int Kills = 50;
    private const int CrashLoop = 12;
    private const long LastRunBytes = 10 * 1024 * 1024;
    private const long GroupBytes = 256 * 1024 * 1024;

    [Test]
    public async Task Killed_at_any_moment_each_ended_request_is_there_once_and_the_running_one_is_unfinished(CancellationToken cancellationToken)
    {
        var random = new Random(20261120);
        int ended = 0, unfinished = 0;
        for (int i = 0; i < Kills; i++)
        {
            using var process = new AirProcess(isAheadOfTime);
            AirProcess.Told told = await process.RunAsync("end=kill", random.Next(600), cancellationToken);
            Assert.That(told.ExitCode, Is.EqualTo(128 + 9));
            (int Ended, int Unfinished) seen = Check(process, told);
            ended += seen.Ended;
            unfinished += seen.Unfinished;
        }

        await TestContext.Out.WriteLineAsync($"{Kills} faults injected: kills; {ended} ended requests all there once, {unfinished} unfinished ones");
        Assert.That(ended, Is.GreaterThan(Kills));
    }

    [TestCase("failfast")]
    [TestCase("overflow")]
    [TestCase("abort")]
    public async Task A_process_that_ends_itself_leaves_the_same(string end, CancellationToken cancellationToken)
    {
        using var process = new AirProcess(isAheadOfTime);
        AirProcess.Told told = await process.RunAsync("end=" + end, null, cancellationToken);

        // Ahead of time it depends on the machine whether the fault of a full stack is turned into an abort.
        int fault = isAheadOfTime && end == "overflow" ? 128 + 11 : 128 + 6;
        Assert.That(told.ExitCode, Is.EqualTo(128 + 6).Or.EqualTo(fault));
        Check(process, told);
    }

    [Test]
    public async Task A_process_that_the_kernel_ends_for_want_of_memory_leaves_the_same(CancellationToken cancellationToken)
    {
        if (!SmallGroup.TryCreate(GroupBytes, out SmallGroup? group, out string why))
        {
            // Only a small group of our own has the kernel end one process without harm to others; containers and ordinary users often have none to write.
            Assert.Ignore("This machine lets nobody make a small control group: " + why);
        }

        using (group)
        {
            using var process = new AirProcess(isAheadOfTime);
            AirProcess.Told told = await process.RunAsync("end=oom after=300", null, cancellationToken, group.Script);

            Assert.That(told.ExitCode, Is.EqualTo(128 + 9), told.Error);
            Assert.That(group.Kills, Is.EqualTo(1), "it was the kernel");
            (int ended, int unfinished) = Check(process, told);
            await TestContext.Out.WriteLineAsync($"1 faults injected: the kernel found no more memory; {ended} ended requests all there once, {unfinished} unfinished ones");
            Assert.That(ended, Is.GreaterThan(0));
        }
    }

    [Test]
    public async Task What_is_unfinished_says_what_was_going_on_and_holds_no_value(CancellationToken cancellationToken)
    {
        using var process = new AirProcess(isAheadOfTime);
        AirProcess.Told told = await process.RunAsync("end=kill threads=0", 0, cancellationToken);
        string[] before = [.. process.Files.Select(file => Encoding.UTF8.GetString(File.ReadAllBytes(file)))];
        process.Recover();

        string[] after = [.. process.Files.Select(file => Encoding.UTF8.GetString(File.ReadAllBytes(file)))];
        Assert.That(before.Concat(after), Has.None.Contains("CANARY"));
        Recording hanging = (await new JournalReader(process.Journal).GetAsync(told.Hanging))!;
        Assert.That(hanging.Request!.Method + " " + hanging.Request.Path, Is.EqualTo("POST /orders/{id}"));
        Assert.That(hanging.Timeline.Select(step => step.Detail), Is.EqualTo(new[] { null, "cart priced", "update stock" }));
    }

    [Test]
    public async Task A_crash_loop_starts_fast_and_leaves_no_pile(CancellationToken cancellationToken)
    {
        using var process = new AirProcess(isAheadOfTime);
        var hanging = new List<Guid>();
        var starts = new List<long>();
        for (int i = 0; i < CrashLoop; i++)
        {
            AirProcess.Told told = await process.RunAsync("end=kill threads=1", 5, cancellationToken);
            starts.Add(told.StartMilliseconds);
            hanging.Add(told.Hanging);
        }

        // The quickest of the later ones: a machine may be busy, but a pile would slow each.
        Assert.That(starts.Skip(CrashLoop / 2).Min(), Is.LessThan(500), string.Join(' ', starts));
        Assert.That(process.Files.Count(file => file.EndsWith(".slots", StringComparison.Ordinal)), Is.EqualTo(1), "that of the last run");
        Assert.That(process.Files.Sum(DiskUsage.Of), Is.LessThan(LastRunBytes), "what the last run had set aside, and lines");
        List<(Guid Id, RecordingKind Kind, RecordingOutcome Outcome)> found = process.Recover();
        Assert.That(found.Count(line => line.Kind == RecordingKind.Note), Is.EqualTo(CrashLoop));
        Assert.That(found.Where(line => line.Outcome == RecordingOutcome.Unfinished).Select(line => line.Id), Is.SupersetOf(hanging).And.Unique);
    }

    [Test]
    public async Task An_orderly_end_leaves_only_what_was_still_in_the_air(CancellationToken cancellationToken)
    {
        using var process = new AirProcess(isAheadOfTime);
        AirProcess.Told told = await process.RunAsync("end=stop", null, cancellationToken);

        Assert.That(told.ExitCode, Is.Zero);
        Assert.That(Check(process, told).Unfinished, Is.EqualTo(1));
    }

    [Test]
    public async Task An_exception_that_nobody_catches_has_the_ring_and_what_was_in_the_air_written_first(CancellationToken cancellationToken)
    {
        using var process = new AirProcess(isAheadOfTime);
        AirProcess.Told told = await process.RunAsync("end=throw ring=1000000 threads=1", null, cancellationToken);

        Assert.That(told.ExitCode, Is.EqualTo(128 + 6));
        Assert.That(told.Error, Does.Contain("lost on a thread"));
        Assert.That(process.Read().Select(line => line.Id), Has.Member(told.Hanging).And.SupersetOf(told.Ended.Take(20)), "the process wrote them, not the next start");
        Check(process, told);
    }

    [Test]
    public async Task A_store_that_hangs_delays_the_end_no_longer_than_is_allowed(CancellationToken cancellationToken)
    {
        using var process = new AirProcess(isAheadOfTime);
        AirProcess.Told told = await process.RunAsync("end=stop store=hanging stopMs=500", null, cancellationToken);

        Assert.That(told.ExitCode, Is.Zero, told.Error);
        Assert.That(told.StopMilliseconds, Is.InRange(400, 3000), "half a second is allowed");
    }

    [TestCase("ENOSPC", "mkdir small && exec unshare -rm sh -c 'mount -t tmpfs -o size=1m none small && exec \"$@\"' sh \"$@\"")]
    [TestCase("EROFS", "mkdir small && exec unshare -rm sh -c 'mount -t tmpfs none small && mount -o remount,ro small && exec \"$@\"' sh \"$@\"")]
    [TestCase("EACCES", """mkdir small && chmod 555 small && if [ "$(id -u)" = 0 ]; then exec setpriv --inh-caps=-all --bounding-set=-all "$@"; else exec "$@"; fi""")]
    [TestCase("EEXIST", "touch small && exec \"$@\"")]
    public async Task Without_room_for_the_file_there_are_no_slots_one_warning_and_recordings_as_ever(string errno, string script, CancellationToken cancellationToken)
    {
        using var process = new AirProcess(isAheadOfTime);
        AirProcess.Told told = await process.RunAsync("slots=small end=stop", null, cancellationToken, script);
        Isolation.IgnoreWhereRefused(told.Error);

        Assert.That(told.ExitCode, Is.Zero, told.Error);
        Assert.That(told.Slots, Is.EqualTo("off"));
        Assert.That(told.Warnings, Has.Length.EqualTo(1).And.Some.Contains("there are no slots in").And.Some.Contains(errno));
        Assert.That(process.Read().Select(line => line.Id), Is.EquivalentTo(told.Ended));
    }

    private static (int Ended, int Unfinished) Check(AirProcess process, AirProcess.Told told)
    {
        Assert.That(told.Slots, Is.EqualTo("on"), told.Error);
        List<(Guid Id, RecordingKind Kind, RecordingOutcome Outcome)> found = process.Recover();
        Guid[] ended = [.. told.Ended];
        Assert.That(found.Select(line => line.Id), Is.Unique, "none twice");
        Assert.That(ended.Except(found.Select(line => line.Id)), Is.Empty, "none lost");
        Assert.That(found, Does.Contain((told.Hanging, RecordingKind.Request, RecordingOutcome.Unfinished)));
        Assert.That(found.Count(line => line.Kind == RecordingKind.Note), Is.EqualTo(1));
        Assert.That(process.Files, Has.None.EndsWith(".slots"));
        return (ended.Length, found.Count(line => line is { Kind: RecordingKind.Request, Outcome: RecordingOutcome.Unfinished }));
    }
}
