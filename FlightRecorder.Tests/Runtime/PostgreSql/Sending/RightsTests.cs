using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;
using Npgsql;

namespace FlightRecorder.Tests.PostgreSql.Sending;

public sealed class RightsTests
{
    [Test]
    public async Task Without_rights_nothing_is_made_and_the_reason_is_said()
    {
        await using StoreRig owner = await StoreRig.CreateAsync();
        await using StoreRig rig = StoreRig.Over(await RoleAsync(owner));
        rig.Journal.Write("20261120T080000-9f3a11c2d4e5f607-0001.jsonl", LineBuilder.Bytes(LineBuilder.Request(1)));
        await using Shipper shipper = rig.NewShipper();

        bool shipped = await shipper.TryShipAsync(CancellationToken.None);

        Assert.That(shipped, Is.False);
        Assert.That(shipper.State.Trouble, Does.StartWith("42501"));
        Assert.That(await owner.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname LIKE 'flight_recorder%'"), Is.Zero);
    }

    [Test]
    public async Task A_role_that_may_insert_select_and_call_is_enough()
    {
        await using StoreRig owner = await StoreRig.CreateAsync();
        await owner.ExecuteAsync(PostgresSchema.GetSql());
        await using StoreRig rig = StoreRig.Over(await RoleAsync(owner), options => options.Schema = PostgresSchemaMode.Verify);
        string role = new NpgsqlConnectionStringBuilder(rig.ConnectionString).Username!;
        await owner.ExecuteAsync($"""
            GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {role};
            GRANT EXECUTE ON FUNCTION flight_recorder_add_day(date), flight_recorder_drop_days(interval) TO {role};
            """);

        await rig.ShipAsync(LineBuilder.Request(1), LineBuilder.Request(2));

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(2));
        Assert.That(await rig.Reader.GetAsync(LineBuilder.Id(2)), Is.Not.Null);
    }

    private static async Task<string> RoleAsync(StoreRig owner)
    {
        string role = "app_" + Guid.NewGuid().ToString("N");
        await owner.ExecuteAsync($"CREATE ROLE {role} LOGIN");
        return new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = role }.ConnectionString;
    }
}
