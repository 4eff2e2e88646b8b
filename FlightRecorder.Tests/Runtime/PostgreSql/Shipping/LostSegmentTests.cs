using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlightRecorder.Tests.PostgreSql.Shipping;

public sealed class LostSegmentTests
{
    private const string Away = "Host=127.0.0.1;Port=1;Username=u;Database=d;Timeout=2";

    [Test]
    public async Task A_segment_that_went_before_it_was_sent_is_counted_and_said()
    {
        string database = await PostgreSqlSetUp.Cluster.CreateDatabaseAsync();
        await using StoreRig rig = StoreRig.Over(database);
        await rig.ExecuteAsync("CREATE TABLE flight_recorder_sessions (id integer)");
        string[] paths = [.. Enumerable.Range(1, 3).Select(number => rig.Journal.Write(Segment(number), LineBuilder.Bytes(LineBuilder.Request(number))))];
        Shipper shipper = rig.NewShipper();
        bool whileRefused = await shipper.TryShipAsync(CancellationToken.None);
        long bytes = new FileInfo(paths[0]).Length + new FileInfo(paths[1]).Length;
        File.Delete(paths[0]);
        File.Delete(paths[1]);
        await rig.ExecuteAsync("DROP TABLE flight_recorder_sessions");

        await shipper.ShipAsync(CancellationToken.None);
        await shipper.ShipAsync(CancellationToken.None);

        Assert.That(whileRefused, Is.False);
        Assert.That(await rig.SessionsAsync(), Is.EqualTo(1));
        Assert.That(rig.Log.All.Where(line => line.Id == 67).Select(line => line.Text), Has.One.Contains($"2 segments of the journal were deleted before they were sent to PostgreSQL, {bytes} bytes"));
        HealthCheckResult health = await new PostgresHealthCheck(shipper.State).CheckHealthAsync(new HealthCheckContext());
        Assert.That(health.Data["lostSegments"], Is.EqualTo(2L));
    }

    [Test]
    public async Task A_segment_that_went_after_it_was_sent_is_no_loss_whatever_torn_rest_it_had()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        string path = rig.Journal.Write(Segment(1), [.. LineBuilder.Bytes(LineBuilder.Request(1)), .. "{\"v\":1,\"tor"u8]);
        Shipper shipper = rig.NewShipper();
        await shipper.ShipAsync(CancellationToken.None);
        File.Delete(path);

        await shipper.ShipAsync(CancellationToken.None);
        await shipper.ShipAsync(CancellationToken.None);

        Assert.That(shipper.State.Counters.LostSegments, Is.Zero);
    }

    [Test]
    public async Task One_that_is_put_aside_is_not_gone()
    {
        await using StoreRig rig = StoreRig.Over(Away);
        string path = rig.Journal.Write(Segment(1), LineBuilder.Bytes(LineBuilder.Request(1)));
        var watch = new SegmentWatch(rig.Journal.Path);
        watch.Look();
        File.Move(path, path.Replace(".jsonl", ".20.dirty", StringComparison.Ordinal));
        watch.Look();
        watch.Look();

        Assert.That(watch.TakeGone(), Is.Empty);
    }

    [Test]
    public async Task One_that_was_missed_once_is_not_gone()
    {
        await using StoreRig rig = StoreRig.Over(Away);
        byte[] line = LineBuilder.Bytes(LineBuilder.Request(1));
        string path = rig.Journal.Write(Segment(1), line);
        var watch = new SegmentWatch(rig.Journal.Path);
        watch.Look();
        File.Delete(path);
        watch.Look();
        rig.Journal.Write(Segment(1), line);
        watch.Look();

        Assert.That(watch.TakeGone(), Is.Empty);
        Assert.That(watch.MayBeThere(Segment(1)), Is.True);
    }

    private static string Segment(int number) => $"20261120T080000-9f3a11c2d4e5f607-{number:D4}.jsonl";
}
