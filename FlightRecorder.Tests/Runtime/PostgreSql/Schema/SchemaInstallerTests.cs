using FlightRecorder.PostgreSql;

namespace FlightRecorder.Tests.PostgreSql.Schema;

public sealed class SchemaInstallerTests
{
    private const string OurRelations = """
        SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relname LIKE 'flight_recorder%' AND nspname NOT LIKE 'pg_%'
        """;

    private const string OurFunctions = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'flight_recorder%'";

    [Test]
    public async Task An_empty_schema_is_filled()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();

        await rig.Installer.EnsureAsync(PostgresSchemaMode.CreateIfMissing, CancellationToken.None);

        SchemaState state = await rig.Installer.StatusAsync(CancellationToken.None);
        Assert.That(state.Version, Is.EqualTo(Migrations.Latest));
    }

    [Test]
    public async Task A_missing_schema_is_made()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(options => options.SchemaName = "flight");

        await rig.Installer.EnsureAsync(PostgresSchemaMode.CreateIfMissing, CancellationToken.None);

        Assert.That(await rig.ScalarAsync<long>("SELECT count(*) FROM flight.flight_recorder_sessions"), Is.Zero);
    }

    [Test]
    public async Task Ten_that_start_at_once_make_one_schema_and_meet_no_error()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        StoreRig[] others = [.. Enumerable.Range(0, 10).Select(_ => StoreRig.Over(rig.ConnectionString))];

        Guid[] stores = await Task.WhenAll(others.Select(other => Task.Run(async () =>
        {
            Guid store = await other.Installer.EnsureAsync(PostgresSchemaMode.CreateIfMissing, CancellationToken.None);
            var today = DateOnly.FromDateTime(DateTime.UtcNow);
            await new DayPartitions(other.Connections, other.Schema).EnsureAsync([today, today.AddDays(1)], CancellationToken.None);
            return store;
        })));

        Assert.That(stores.Distinct().Count(), Is.EqualTo(1));
        foreach (StoreRig other in others)
        {
            await other.DisposeAsync();
        }
    }

    [Test]
    public async Task Nothing_is_created_when_that_is_not_allowed()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();

        SchemaRefusedException? refused = Assert.ThrowsAsync<SchemaRefusedException>(
            () => rig.Installer.EnsureAsync(PostgresSchemaMode.Verify, CancellationToken.None));

        Assert.That(refused!.Message, Does.Contain("flightrecorder db up"));
        Assert.That(await rig.ScalarAsync<long>(OurRelations), Is.Zero);
    }

    [TestCase(PostgresSchemaMode.CreateIfMissing)]
    [TestCase(PostgresSchemaMode.Verify)]
    public async Task An_older_schema_is_not_altered_without_being_told_to(PostgresSchemaMode mode)
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.Installer.UpAsync(CancellationToken.None);
        await rig.Installer.DownAsync(1, CancellationToken.None);

        SchemaRefusedException? refused = Assert.ThrowsAsync<SchemaRefusedException>(() => rig.Installer.EnsureAsync(mode, CancellationToken.None));

        Assert.That(refused!.Message, Does.Contain("version 1, older than 4"));
        Assert.That((await rig.Installer.StatusAsync(CancellationToken.None)).Version, Is.EqualTo(1));
    }

    [Test]
    public async Task An_older_schema_is_migrated_when_told_to()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.Installer.UpAsync(CancellationToken.None);
        await rig.Installer.DownAsync(1, CancellationToken.None);

        await rig.Installer.EnsureAsync(PostgresSchemaMode.Migrate, CancellationToken.None);

        Assert.That((await rig.Installer.StatusAsync(CancellationToken.None)).Version, Is.EqualTo(Migrations.Latest));
    }

    [TestCase(PostgresSchemaMode.CreateIfMissing)]
    [TestCase(PostgresSchemaMode.Migrate)]
    [TestCase(PostgresSchemaMode.Verify)]
    public async Task A_newer_schema_is_refused(PostgresSchemaMode mode)
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.Installer.UpAsync(CancellationToken.None);
        await rig.ExecuteAsync("INSERT INTO flight_recorder_migrations (version, name) VALUES (99, 'later')");

        SchemaRefusedException? refused = Assert.ThrowsAsync<SchemaRefusedException>(() => rig.Installer.EnsureAsync(mode, CancellationToken.None));

        Assert.That(refused!.Message, Does.Contain("version 99, newer than"));
    }

    [Test]
    public async Task Tables_of_others_are_left_alone()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.ExecuteAsync("CREATE TABLE flight_recorder_sessions (id integer)");

        Assert.ThrowsAsync<SchemaRefusedException>(() => rig.Installer.EnsureAsync(PostgresSchemaMode.Migrate, CancellationToken.None));

        Assert.That(await rig.ScalarAsync<long>(OurRelations), Is.EqualTo(1));
    }

    [Test]
    public async Task Each_step_down_and_up_again_leads_to_the_same_schema()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.Installer.UpAsync(CancellationToken.None);
        string whole = await DescribeAsync(rig);
        for (int version = Migrations.Latest - 1; version >= 0; version--)
        {
            await rig.Installer.DownAsync(version, CancellationToken.None);
            Assert.That((await rig.Installer.StatusAsync(CancellationToken.None)).Version, Is.EqualTo(version));
            await rig.Installer.UpAsync(CancellationToken.None);
            Assert.That(await DescribeAsync(rig), Is.EqualTo(whole));
        }
    }

    [Test]
    public async Task All_the_way_down_nothing_of_ours_is_left()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.ShipAsync(Support.LineBuilder.Request(1));

        await rig.Installer.DownAsync(0, CancellationToken.None);

        Assert.That(await rig.ScalarAsync<long>(OurRelations) + await rig.ScalarAsync<long>(OurFunctions), Is.Zero);
    }

    [Test]
    public async Task The_printed_schema_passes_the_check()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(options => options.SchemaName = "by hand");
        await rig.ExecuteAsync(PostgresSchema.GetSql("by hand"));

        await rig.Installer.EnsureAsync(PostgresSchemaMode.Verify, CancellationToken.None);
    }

    [TestCase("Flight")]
    [TestCase("a\"b")]
    [TestCase("x; DROP TABLE users; --")]
    [TestCase("'; SELECT 1; '")]
    [TestCase("$body$")]
    [TestCase("{schema}")]
    [TestCase("схема")]
    public async Task A_hostile_name_is_quoted(string name)
    {
        await using StoreRig rig = await StoreRig.CreateAsync(options => options.SchemaName = name);
        await rig.ShipAsync(Support.LineBuilder.Request(1));

        Recording? read = await rig.Reader.GetAsync(Support.LineBuilder.Id(1));

        Assert.That(read, Is.Not.Null);
        Assert.That(await rig.ScalarAsync<string>("SELECT nspname::text FROM pg_namespace JOIN pg_class ON relnamespace = pg_namespace.oid WHERE relname = 'flight_recorder_sessions'"), Is.EqualTo(name));
    }

    [TestCase("")]
    [TestCase("a\0b")]
    [TestCase("a name that is longer than sixty-three bytes is cut by the server")]
    public void A_name_that_the_server_would_not_keep_is_refused(string name)
    {
        Assert.That(() => SchemaName.Of(name), Throws.ArgumentException);
        Assert.That(() => PostgresSchema.GetSql(name), Throws.ArgumentException);
    }

    [Test]
    public void A_name_with_half_a_surrogate_pair_is_refused() => Assert.That(() => SchemaName.Of("half \ud800 pair"), Throws.ArgumentException);

    private static Task<string> DescribeAsync(StoreRig rig) => rig.ScalarAsync<string>("""
        SELECT string_agg(line, E'\n' ORDER BY line) FROM (
          SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS line
          FROM information_schema.columns WHERE table_name LIKE 'flight_recorder%'
          UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'flight_recorder%'
          UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE 'flight_recorder%') AS lines
        """);
}
