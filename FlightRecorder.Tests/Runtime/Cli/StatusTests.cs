using System.Text.Json;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Cli;

public class StatusTests
{
    private static readonly string s_note = LineBuilder.Seal(
        $$"""{"v":1,"run":"9f3a11c2d4e5f607","seq":3,"kind":"note","id":"{{LineBuilder.Id(3)}}","ts":"2026-11-20T08:00:03Z","durationUs":0,"outcome":"completed","trigger":[],"app":{},"endpoint":{"name":"recorder stopped"}""");

    [Test]
    public async Task Each_run_tells_what_it_recorded_what_is_missing_and_when_it_was_last_alive()
    {
        using var cli = new CliRig();
        byte[] bytes = LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Request(2, durationUs: 5_000_000), s_note, LineBuilder.Request(6), "damaged");
        cli.Directory.Write("20261120T080000-9f3a11c2d4e5f607-0001.jsonl", bytes);
        byte[] good = LineBuilder.Bytes(LineBuilder.Request(1, run: "00000000000000aa"));
        cli.Directory.Write($"20261120T090000-00000000000000aa-0001.{good.Length}.dirty", [.. good, .. "ha"u8]);

        Assert.That(await cli.RunAsync("status"), Is.Zero);

        Assert.That(cli.Output, Is.EqualTo($"""
            20261120T080000-9f3a11c2d4e5f607
              recordings    3
              began         2026-11-20 08:00:01.000000 UTC
              last alive    2026-11-20 08:00:07.000000 UTC
              segments      1, {bytes.Length} bytes
              not there     2 numbers of the run: dropped, or in segments that are gone
              notes         recorder stopped (1)
              faults        2; verify says where
            20261120T090000-00000000000000aa
              recordings    1
              began         2026-11-20 08:00:01.000000 UTC
              last alive    2026-11-20 08:00:01.001500 UTC
              segments      1, {good.Length + 2} bytes
              put aside     20261120T090000-00000000000000aa-0001.{good.Length}.dirty: {good.Length} bytes of {good.Length + 2} are good

            """));
    }

    [Test]
    public async Task A_run_that_stopped_in_order_tells_what_became_of_everything()
    {
        var counters = new RecorderCounters();
        for (int i = 0; i < 12; i++)
        {
            counters.CountOffered();
        }

        counters.CountStored(6);
        counters.CountDropped(DropReason.QueueFull, 2);
        counters.CountNotKept(NotKeptReason.NoTrigger, 3);
        var run = new RunInfo { StartedAt = LineBuilder.Start };
        using var cli = new CliRig();
        byte[] note = RunNote.Of(run, ",\"app\":{},\"tags\":{}"u8, counters, LineBuilder.Start.AddSeconds(9)).Bytes.ToArray();
        cli.Directory.Write($"{run}-0001.jsonl", note);

        Assert.That(await cli.RunAsync("status"), Is.Zero);
        Assert.That(cli.OutputLines, Has.One.EqualTo("  offered       12 = 6 stored + 2 dropped (queue_full 2) + 3 not kept (no_trigger 3) + 1 in flight, when it stopped"));
        Assert.That(cli.OutputLines, Has.None.Contains("notes").And.None.Contains("faults"));

        await cli.RunAsync("status", "--json");
        Assert.That(cli.Output, Does.Contain("\"counters\":{\"offered\":12,\"stored\":6,\"dropped\":{\"queue_full\":2},\"notKept\":{\"no_trigger\":3},\"inFlight\":1}"));
        Assert.That(await cli.RunAsync("verify"), Is.Zero);
    }

    [Test]
    public async Task A_run_that_is_being_written_is_told_apart()
    {
        using var cli = new CliRig(LineBuilder.Request(1));
        using FileStream writer = new(cli.Directory.Segments[0], FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

        Assert.That(await cli.RunAsync("status"), Is.Zero);
        Assert.That(cli.OutputLines[0], Is.EqualTo("20261120T080000-9f3a11c2d4e5f607  being written"));

        await cli.RunAsync("status", "--json");
        JsonElement run = JsonDocument.Parse(cli.OutputLines.Single()).RootElement;
        Assert.That(run.GetProperty("run").GetString(), Is.EqualTo("9f3a11c2d4e5f607"));
        Assert.That((run.GetProperty("alive").GetBoolean(), run.GetProperty("recordings").GetInt32(), run.GetProperty("missing").GetInt32()), Is.EqualTo((true, 1, 0)));
        Assert.That(run.GetProperty("lastAlive").GetDateTimeOffset(), Is.EqualTo(LineBuilder.Start.AddSeconds(1.0015)));
    }
}
