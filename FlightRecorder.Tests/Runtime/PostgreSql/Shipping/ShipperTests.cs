using System.Text;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Shipping;

public sealed class ShipperTests
{
    private const string Segment = "20261120T080000-9f3a11c2d4e5f607-0001.jsonl";

    [Test]
    public async Task A_growing_segment_is_sent_as_it_grows()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await using Shipper shipper = rig.NewShipper();
        string path = rig.Journal.Write(Segment, LineBuilder.Bytes(LineBuilder.Request(1)));
        await shipper.ShipAsync(CancellationToken.None);
        string next = LineBuilder.Request(2);
        await File.AppendAllTextAsync(path, next[..100]);
        await shipper.ShipAsync(CancellationToken.None);
        long before = await rig.SessionsAsync();
        await File.AppendAllTextAsync(path, next[100..] + "\n");

        await shipper.ShipAsync(CancellationToken.None);

        Assert.That((before, await rig.SessionsAsync()), Is.EqualTo((1L, 2L)));
    }

    [Test]
    public async Task A_last_line_without_its_line_feed_is_sent_when_it_is_complete()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        rig.Journal.Write(Segment, Encoding.UTF8.GetBytes(LineBuilder.Request(1) + "\n" + LineBuilder.Request(2)));

        await rig.ShipAgainAsync();
        await File.AppendAllTextAsync(rig.Journal.Segments[0], "\n" + LineBuilder.Request(3) + "\n");
        await rig.ShipAgainAsync();

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task What_was_sent_is_not_read_again_by_the_next_run()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.ShipAsync(LineBuilder.Request(1));

        Shipper again = await rig.ShipAgainAsync();

        Assert.That((again.State.Counters.Known, again.State.Counters.Batches), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public async Task A_position_that_points_into_another_file_is_not_trusted()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.ShipAsync(LineBuilder.Request(1), LineBuilder.Request(2));
        File.Delete(rig.Journal.Segments[0]);

        await rig.ShipAsync(LineBuilder.Request(3), LineBuilder.Request(4), LineBuilder.Request(5));

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(5));
    }

    [Test]
    public async Task A_store_that_was_made_anew_gets_everything()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.ShipAsync(LineBuilder.Request(1), LineBuilder.Request(2));
        await rig.Installer.DownAsync(0, CancellationToken.None);

        await rig.ShipAgainAsync();

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Tables_that_vanish_while_it_runs_are_made_anew_and_filled()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await using Shipper shipper = rig.NewShipper();
        rig.Journal.Write(Segment, LineBuilder.Bytes(LineBuilder.Request(1)));
        await shipper.ShipAsync(CancellationToken.None);
        await rig.Installer.DownAsync(0, CancellationToken.None);
        rig.Journal.Write("20261120T080000-9f3a11c2d4e5f607-0002.jsonl", LineBuilder.Bytes(LineBuilder.Request(2)));

        bool first = await shipper.TryShipAsync(CancellationToken.None);
        bool then = await shipper.TryShipAsync(CancellationToken.None);

        Assert.That((first, then), Is.EqualTo((false, true)));
        Assert.That(await rig.SessionsAsync(), Is.EqualTo(2));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("""{"v":1,"store":7,"segments":[]}""")]
    [TestCase("""{"v":1,"segments":{"20261120T080000-9f3a11c2d4e5f607-0001.jsonl":{"offset":-1,"check":"zz"}}}""")]
    public async Task A_damaged_position_costs_a_resend_and_nothing_else(string content)
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.ShipAsync(LineBuilder.Request(1));
        await File.WriteAllTextAsync(Path.Combine(rig.Folder, PositionFile.Name), content);

        await rig.ShipAgainAsync();

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_damaged_is_passed_over_and_counted()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        byte[] flipped = LineBuilder.Bytes(LineBuilder.Request(2));
        flipped[30] ^= 1;
        byte[] two = [.. LineBuilder.Bytes(LineBuilder.Request(4))[..^1], (byte)'x', .. LineBuilder.Bytes(LineBuilder.Request(5))];
        rig.Journal.Write(Segment, [.. LineBuilder.Bytes(LineBuilder.Request(1)), .. flipped, .. new byte[100], .. LineBuilder.Bytes(LineBuilder.Request(3)), .. two, .. "{\"v\":1,\"tor"u8]);

        Shipper shipper = await rig.ShipAgainAsync();

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(4));
        Assert.That(shipper.State.Counters.Skipped, Is.EqualTo(3));
    }

    [Test]
    public async Task A_segment_that_was_put_aside_is_sent_up_to_its_good_bytes_and_keeps_its_place()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        byte[] good = LineBuilder.Bytes(LineBuilder.Request(1), LineBuilder.Request(2));
        string path = rig.Journal.Write(Segment, LineBuilder.Bytes(LineBuilder.Request(1)));
        await rig.ShipAgainAsync();
        File.Delete(path);
        rig.Journal.Write($"20261120T080000-9f3a11c2d4e5f607-0001.{good.Length}.dirty", [.. good, .. LineBuilder.Bytes(LineBuilder.Request(3))]);

        Shipper shipper = await rig.ShipAgainAsync();

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(2));
        Assert.That(shipper.State.Counters.Known, Is.Zero);
    }

    [Test]
    public async Task Segments_of_dead_runs_are_sent_too_whatever_the_size_of_a_batch()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(options => options.MaxBatchBytes = 64 * 1024);
        string padding = $$$"""{"tags":{"x":"{{{new string('x', 3000)}}}"}}"""[1..^1];
        for (int run = 0; run < 3; run++)
        {
            rig.Journal.Write(
                $"20261120T08000{run}-000000000000000{run}-0001.jsonl",
                LineBuilder.Bytes([.. Enumerable.Range((run * 100) + 1, 100).Select(number => LineBuilder.Request(number, extra: padding))]));
        }

        Shipper shipper = await rig.ShipAgainAsync();

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(300));
        Assert.That(shipper.State.Counters.Batches, Is.GreaterThan(9));
    }

    [Test]
    public async Task A_line_longer_than_a_batch_goes_alone()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(options => options.MaxBatchBytes = 64 * 1024);
        string padding = $$$"""{"tags":{"x":"{{{new string('x', 300_000)}}}"}}"""[1..^1];

        await rig.ShipAsync(LineBuilder.Request(1), LineBuilder.Request(2, extra: padding), LineBuilder.Request(3));

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task One_process_sends_from_a_directory_and_the_next_takes_over()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        Shipper first = rig.NewShipper();
        await using Shipper second = rig.NewShipper();
        rig.Journal.Write(Segment, LineBuilder.Bytes(LineBuilder.Request(1)));
        await first.ShipAsync(CancellationToken.None);
        rig.Journal.Write("20261120T080000-9f3a11c2d4e5f607-0002.jsonl", LineBuilder.Bytes(LineBuilder.Request(2)));
        await second.ShipAsync(CancellationToken.None);
        long before = await rig.SessionsAsync();
        await first.DisposeAsync();

        await second.ShipAsync(CancellationToken.None);

        Assert.That((before, await rig.SessionsAsync()), Is.EqualTo((1L, 2L)));
    }

    [Test]
    public async Task A_server_that_is_away_is_named_without_its_password()
    {
        await using StoreRig rig = StoreRig.Over("Host=127.0.0.1;Port=1;Username=u;Password=hunter2secret;Database=d;Timeout=2");
        rig.Journal.Write(Segment, LineBuilder.Bytes(LineBuilder.Request(1)));
        await using Shipper shipper = rig.NewShipper();

        bool shipped = await shipper.TryShipAsync(CancellationToken.None);
        await shipper.TryShipAsync(CancellationToken.None);

        Assert.That(shipped, Is.False);
        Assert.That(rig.Log.CountOf(61), Is.EqualTo(1), "said once, not each time");
        Assert.That(rig.Log.All[0].Text, Does.Contain("127.0.0.1:1/d").And.Not.Contain("hunter2secret"));
        Assert.That(shipper.State.Trouble, Does.Not.Contain("hunter2secret"));
        Assert.That(shipper.Retry.Failures, Is.EqualTo(2));
    }
}
