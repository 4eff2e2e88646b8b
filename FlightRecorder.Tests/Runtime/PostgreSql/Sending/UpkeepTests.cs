using FlightRecorder.PostgreSql;

namespace FlightRecorder.Tests.PostgreSql.Sending;

public sealed class UpkeepTests
{
    private static readonly string[] s_tables = ["flight_recorder_sessions", "flight_recorder_db_mutations", "flight_recorder_errors"];

    [Test]
    public async Task The_days_around_today_are_there_before_any_recording_of_them()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await using var shipper = new Shipper(rig.Journal.Path, rig.Connections, rig.Log, time: new ManualTime());
        Directory.CreateDirectory(rig.Journal.Path);

        await shipper.ShipAsync(CancellationToken.None);

        Assert.That(await DaysAsync(rig), Is.EqualTo(Expected("20261119", "20261120", "20261121")));
    }

    [Test]
    public async Task Tomorrow_is_there_before_midnight_however_long_the_process_runs()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        var time = new ManualTime();
        await using var shipper = new Shipper(rig.Journal.Path, rig.Connections, rig.Log, time: time);
        Directory.CreateDirectory(rig.Journal.Path);
        await shipper.ShipAsync(CancellationToken.None);

        time.Advance(TimeSpan.FromHours(16));
        await shipper.ShipAsync(CancellationToken.None);

        Assert.That(await DaysAsync(rig), Is.EqualTo(Expected("20261119", "20261120", "20261121", "20261122")));
    }

    private static string Expected(params string[] days)
        => string.Join(' ', s_tables.SelectMany(table => days.Select(day => $"{table}_{day}")).Order(StringComparer.Ordinal));

    private static Task<string> DaysAsync(StoreRig rig)
        => rig.ScalarAsync<string>("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relname ~ '_[0-9]{8}$'");
}
