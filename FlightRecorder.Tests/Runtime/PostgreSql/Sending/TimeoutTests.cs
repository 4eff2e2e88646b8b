using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Sending;

public sealed class TimeoutTests
{
    private const int Recordings = 100;
    private const int MaxAttempts = 60;

    [Test]
    public async Task A_batch_that_takes_the_server_too_long_is_sent_in_smaller_ones()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(options => (options.StatementTimeout, options.MaxBatchBytes) = (TimeSpan.FromSeconds(1), 256 * 1024));
        await rig.Installer.UpAsync(CancellationToken.None);
        await rig.ExecuteAsync("""
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END $$;
            CREATE TRIGGER slow BEFORE INSERT ON flight_recorder_sessions FOR EACH ROW EXECUTE FUNCTION slow();
            """);
        string padding = $$$"""{"tags":{"x":"{{{new string('x', 3000)}}}"}}"""[1..^1];
        rig.Journal.Write(
            "20261120T080000-9f3a11c2d4e5f607-0001.jsonl",
            LineBuilder.Bytes([.. Enumerable.Range(1, Recordings).Select(number => LineBuilder.Request(number, extra: padding))]));
        await using Shipper shipper = rig.NewShipper();

        bool first = await shipper.TryShipAsync(CancellationToken.None);
        string? trouble = shipper.State.Trouble;
        bool then = false;
        for (int attempt = 0; attempt < MaxAttempts && !then; attempt++)
        {
            then = await shipper.TryShipAsync(CancellationToken.None);
        }

        Assert.That((first, then), Is.EqualTo((false, true)));
        Assert.That(trouble, Does.StartWith("57014"));
        Assert.That(await rig.SessionsAsync(), Is.EqualTo(Recordings));
    }
}
