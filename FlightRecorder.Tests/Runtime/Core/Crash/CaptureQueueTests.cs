namespace FlightRecorder.Tests.Core.Crash;

public sealed class CaptureQueueTests
{
    [Test]
    public void Who_tells_an_error_does_not_wait_for_a_disk_that_hangs_and_no_more_wait_than_fit()
    {
        var rig = new CrashRig();
        rig.File.Gate.Reset();
        for (int i = 0; i < CaptureQueue.Capacity + 100; i++)
        {
            rig.Recorder.Capture("x");
        }

        Assert.That(rig.File.Lines, Is.Empty);
        rig.File.Gate.Set();
        Assert.That(() => rig.File.Lines.Count, Is.EqualTo(CaptureQueue.Capacity).After(60_000, 50));
    }

    [Test]
    public void The_writer_wakes_up_for_an_error_after_a_long_silence()
    {
        var rig = new CrashRig();
        for (int i = 1; i <= 3; i++)
        {
            rig.Recorder.Capture("x");
            Assert.That(() => rig.File.Lines.Count, Is.EqualTo(i).After(10_000, 5));

            // Longer than it stays awake.
            Assert.That(() => rig.File.Lines.Count, Is.EqualTo(i).After(300));
        }
    }

    [Test]
    public void What_cannot_be_written_is_told_with_its_errno_and_hurts_nobody()
    {
        var rig = new CrashRig();
        rig.File.Failure = 28;

        Assert.That(rig.Recorder.CaptureSync("x"), Is.EqualTo(new WriteResult(false, "ENOSPC")));
        Assert.That(() => rig.Recorder.Capture("x"), Throws.Nothing);
    }

    [Test]
    public void The_end_waits_for_a_disk_that_is_slow_and_not_for_one_that_hangs()
    {
        var file = new MemoryFile();
        var queue = new CaptureQueue(new CrashLog(new CrashContext([]), file, "errors.jsonl")) { MaxStall = TimeSpan.FromSeconds(2) };
        file.Gate.Reset();
        for (int i = 0; i < 100; i++)
        {
            queue.Add(new CrashRecord(DateTimeOffset.UtcNow, CrashKind.Manual, "x", null, []));
        }

        Assert.That(queue.Flush(TimeSpan.FromMinutes(1)), Is.EqualTo(100), "nothing moves");

        // 40 ms a line: longer than a stall in all, and never without a line for as long.
        file.Delay = TimeSpan.FromMilliseconds(40);
        file.Gate.Set();

        Assert.That(queue.Flush(TimeSpan.FromMinutes(1)), Is.Zero);
        Assert.That(file.Lines, Has.Count.EqualTo(100));
    }
}
