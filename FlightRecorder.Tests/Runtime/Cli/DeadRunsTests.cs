using System.Runtime.Versioning;
using FlightRecorder.Cli;
using FlightRecorder.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Tests.Cli;

[UnsupportedOSPlatform("windows")]
public sealed class DeadRunsTests
{
    [Test]
    public async Task A_list_over_a_dead_run_shows_what_was_in_the_air_and_says_who_died()
    {
        using var rig = new CliRig(LineBuilder.Request(1));
        (Guid id, string run) = await DieAsync(rig.Directory);

        int exitCode = await rig.RunAsync("list", "--outcome", "unfinished", "--json");
        Assert.That(exitCode, Is.EqualTo(ExitCode.Ok));
        Assert.That(rig.Output, Does.Contain(id.ToString()).And.Contain("/orders/42"));
        Assert.That(rig.Error, Does.Contain($"run {run} ended without a word").And.Contain("1 requests in the air"));
        Assert.That(rig.Directory.Files, Has.None.EndsWith(".slots"));

        await rig.RunAsync("show", id.ToString());
        Assert.That(rig.Output, Does.Contain("unfinished").And.Contain("cart priced"));
        Assert.That(rig.Error, Is.Empty, "said once");
    }

    [Test]
    public async Task Old_segments_stay_where_unfinished_recordings_are_added()
    {
        using var rig = new CliRig(LineBuilder.Request(1));
        File.SetLastWriteTimeUtc(rig.Directory.Segments[0], DateTime.UtcNow.AddYears(-5));
        await DieAsync(rig.Directory);

        await rig.RunAsync("list");
        Assert.That(rig.Directory.Segments, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_slot_file_that_somebody_has_open_is_left_alone()
    {
        using var rig = new CliRig(LineBuilder.Request(1));
        await DieAsync(rig.Directory);

        string slots = rig.Directory.Files.Single(file => file.EndsWith(".slots", StringComparison.Ordinal));
        using (new FileStream(slots, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            Assert.That(await rig.RunAsync("list"), Is.EqualTo(ExitCode.Ok));
        }

        Assert.That(rig.OutputLines, Has.Length.EqualTo(1));
        Assert.That(slots, Does.Exist, "somebody has it");
    }

    // A run with one request in the air; its files are copied while it is alive, as its death would leave them.
    private static async Task<(Guid Id, string Run)> DieAsync(JournalDirectory to)
    {
        using var home = new JournalDirectory();
        var options = new FlightRecorderOptions();
        var run = new RunInfo();
        var slots = new Slots(new SlotPlace(home.Path, null), run, options, NullLogger.Instance, TimeProvider.System);
        await using var recorder = new Recorder(options, new MemoryStore(1), NullLogger.Instance, run: run, slots: slots);
        await recorder.StartAsync(default);
        ActiveRecording recording = recorder.Begin(RecordingKind.Request)!;
        recording.Method = "GET";
        var endpoint = new SlotEndpoint("Orders.Get", null, "/orders/{id}", null);
        slots.Begin(recording, endpoint);
        recording.Params.Add(new NameValues("id", "42"));
        slots.SetPath(recording, endpoint, recorder.Rules);
        recording.Handle.Mark("cart priced");
        foreach (string file in home.Files)
        {
            File.Copy(file, to.File(Path.GetFileName(file)));
        }

        Guid id = recording.Id;
        recorder.Discard(recording);
        return (id, run.Id);
    }
}
