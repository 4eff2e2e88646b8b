namespace FlightRecorder.Tests.AspNetCore.Crash;

/// <summary>Signals from outside, as an orchestrator or a person at a shell sends them.</summary>
[Platform("Linux,MacOsX")]
public sealed class SignalTests
{
    [Test]
    public async Task SIGTERM_has_what_waits_written_and_ends_in_order()
    {
        using FallingProcess process = await FallingProcess.StartAsync();
        (await process.PostAsync("/recorded")).Dispose();
        await process.SignalAsync("TERM");
        await process.ExitAsync();

        Assert.That(process.ExitCode, Is.Zero, process.Error);
        Assert.That(await process.RecordingsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_store_that_never_returns_delays_the_exit_no_longer_than_the_option_says()
    {
        using FallingProcess process = await FallingProcess.StartAsync("store=hanging", "stopMs=500");
        (await process.PostAsync("/recorded")).Dispose();
        await process.SignalAsync("TERM");
        TimeSpan took = await process.ExitAsync();

        Assert.That(process.ExitCode, Is.Zero, process.Error);
        Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(4)));
    }

    [Test]
    public async Task SIGUSR1_writes_the_ring_and_the_app_goes_on()
    {
        using FallingProcess process = await FallingProcess.StartAsync("ring=1000000");
        (await process.Client.GetAsync("/held/1")).Dispose();
        await process.SignalAsync("USR1");
        Recording dumped = await process.FirstAsync();
        (await process.Client.GetAsync("/held/2")).EnsureSuccessStatusCode().Dispose();

        Assert.That((dumped.Request!.Path, dumped.Trigger), Is.EqualTo(("/held/1", Triggers.Manual)));
        Assert.That(dumped.Timeline.Single(entry => entry.Type == "mark").Data.ToString(), Is.EqualTo("SIGUSR1"));
    }

    [Test]
    public async Task Without_a_ring_SIGUSR1_ends_the_process_as_it_always_did()
    {
        using FallingProcess process = await FallingProcess.StartAsync();
        await process.SignalAsync("USR1");
        await process.ExitAsync();

        Assert.That(process.ExitCode, Is.EqualTo(128 + 10));
    }
}
