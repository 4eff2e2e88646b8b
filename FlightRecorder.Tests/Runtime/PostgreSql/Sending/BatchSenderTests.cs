using System.Text;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Sending;

public sealed class BatchSenderTests
{
    private const string Mutation = """{"mutations":[{"atUs":1,"source":"manual","operation":"insert","outcome":"committed"}],"errors":[{"atUs":2,"type":"E","message":"m"}]}""";

    [Test]
    public async Task What_is_sent_again_is_stored_once()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        string[] lines = [.. Enumerable.Range(1, 5).Select(number => LineBuilder.Request(number, extra: Mutation[1..^1]))];
        await rig.ShipAsync(lines);
        File.Delete(Path.Combine(rig.Folder, PositionFile.Name));

        Shipper again = await rig.ShipAgainAsync();

        Assert.Multiple(async () =>
        {
            Assert.That(again.State.Counters.Known, Is.EqualTo(5));
            Assert.That(await rig.SessionsAsync(), Is.EqualTo(5));
            Assert.That(await rig.ScalarAsync<long>("SELECT count(*) FROM flight_recorder_db_mutations"), Is.EqualTo(5));
            Assert.That(await rig.ScalarAsync<long>("SELECT count(*) FROM flight_recorder_errors"), Is.EqualTo(5));
        });
    }

    [Test]
    public async Task A_batch_that_another_stored_in_part_is_stored_whole()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.Installer.UpAsync(CancellationToken.None);
        BatchSender first = NewSender(rig), second = NewSender(rig);
        await first.SendAsync(Batch(1), CancellationToken.None);
        await second.SendAsync(Batch(2), CancellationToken.None);

        // Both send straight by now, and one meets what the other did.
        await first.SendAsync(Batch(3, 4), CancellationToken.None);
        await second.SendAsync(Batch(4, 5), CancellationToken.None);

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(5));
    }

    [Test]
    public async Task A_poison_recording_goes_to_the_dead_letters_and_the_rest_is_stored()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        byte[] poison = Poison();
        rig.Journal.Write("20261120T080000-9f3a11c2d4e5f607-0001.jsonl", [.. Lines(1, 20), .. poison, (byte)'\n', .. Lines(21, 40)]);

        Shipper shipper = await rig.ShipAgainAsync();

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(40));
        Assert.That(shipper.State.Counters.Dead, Is.EqualTo(1));
        DeadLetter letter = rig.DeadLetters.Read().Single();
        Assert.That(letter.Line.Span.SequenceEqual(poison), Is.True, "the line as the journal had it");
        Assert.That(letter.Reason, Does.StartWith("22021"));
    }

    [Test]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_dead_letters_are_for_their_owner_only()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        rig.Journal.Write("20261120T080000-9f3a11c2d4e5f607-0001.jsonl", [.. Poison(), (byte)'\n']);

        await rig.ShipAgainAsync();

        Assert.That(File.GetUnixFileMode(rig.DeadLetters.Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(File.GetUnixFileMode(rig.Folder), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public async Task A_line_of_a_later_version_is_kept_as_a_dead_letter()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();

        await rig.ShipAsync(LineBuilder.Request(1), LineBuilder.Seal("""{"v":2,"id":"00000002-19aa-7000-8000-00000000cafe","kind":"request" """.TrimEnd()));

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(1));
        Assert.That(rig.DeadLetters.Read().Single().Reason, Does.Contain("later version"));
    }

    [Test]
    public async Task Characters_that_the_server_cannot_hold_are_stored_replaced()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();

        await rig.ShipAsync(LineBuilder.Request(1, extra: """{"errors":[{"atUs":1,"type":"E","message":"a\u0000b \ud800"}]}"""[1..^1]));

        Recording read = (await rig.Reader.GetAsync(LineBuilder.Id(1)))!;
        Assert.That(read.Errors[0].Message, Is.EqualTo("a\ufffdb \ufffd"));
        Assert.That(read.Gaps[0].What, Is.EqualTo("postgresql"));
        Assert.That(File.Exists(rig.DeadLetters.Path), Is.False);
    }

    [Test]
    public async Task A_long_text_with_an_index_is_no_poison()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        string actor = new('ü', 5000);
        await rig.ShipAsync(LineBuilder.Request(1, route: new string('r', 9000), extra: $$$"""{"actor":{"id":"{{{actor}}}"}}"""[1..^1]));

        IReadOnlyList<RecordingSummary> found = await rig.Reader.ListAsync(new RecordingQuery { ActorId = actor });

        Assert.That(found, Has.Count.EqualTo(1));
        Assert.That((await rig.Reader.GetAsync(LineBuilder.Id(1)))!.Actor!.Id, Is.EqualTo(actor));
    }

    [Test]
    public async Task Each_day_of_the_data_gets_its_partition()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();

        await rig.ShipAsync(
            LineBuilder.Request(1, at: new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)),
            LineBuilder.Request(2, at: new DateTimeOffset(2026, 3, 1, 23, 59, 59, TimeSpan.Zero).AddMicroseconds(999_999)),
            LineBuilder.Request(3, at: new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero)));

        Assert.That(await rig.ScalarAsync<long>("SELECT count(*) FROM flight_recorder_sessions_20260301"), Is.EqualTo(2));
        Assert.That(await rig.ScalarAsync<long>("SELECT count(*) FROM flight_recorder_sessions_20260302"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_time_zone_of_the_server_moves_no_day()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.ExecuteAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = %L', current_database(), 'Pacific/Kiritimati'); EXECUTE format('ALTER DATABASE %I SET datestyle = %L', current_database(), 'German'); END $$");
        Npgsql.NpgsqlConnection.ClearAllPools();

        await rig.ShipAsync(LineBuilder.Request(1, at: new DateTimeOffset(2026, 3, 1, 23, 59, 0, TimeSpan.Zero)));

        Assert.That(await rig.ScalarAsync<long>("SELECT count(*) FROM flight_recorder_sessions_20260301"), Is.EqualTo(1));
        Assert.That((await rig.Reader.GetAsync(LineBuilder.Id(1)))!.StartedAt, Is.EqualTo(new DateTimeOffset(2026, 3, 1, 23, 59, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task Days_past_their_age_are_neither_filled_nor_kept()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(options => options.MaxAge = TimeSpan.FromDays(7));
        await rig.Installer.UpAsync(CancellationToken.None);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        await rig.ExecuteAsync("SELECT flight_recorder_add_day((now() - interval '30 days')::date)");

        Shipper shipper = await rig.ShipAsync(LineBuilder.Request(1, at: now.AddDays(-9)), LineBuilder.Request(2, at: now.AddDays(-6)));

        Assert.That(shipper.State.Counters.Expired, Is.EqualTo(1));
        Assert.That(await rig.SessionsAsync(), Is.EqualTo(1));
        Assert.That(await rig.ScalarAsync<long>("SELECT count(*) FROM pg_inherits"), Is.GreaterThan(0));
        Assert.That(
            await rig.ScalarAsync<bool>("SELECT to_regclass(format('flight_recorder_sessions_%s', to_char((now() - interval '30 days')::date, 'YYYYMMDD'))) IS NULL"), Is.True);
    }

    [Test]
    public async Task A_clock_that_is_years_ahead_makes_no_partition()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();

        await rig.ShipAsync(LineBuilder.Request(1, at: DateTimeOffset.UtcNow.AddYears(5)));

        Assert.That(await rig.SessionsAsync(), Is.Zero);
        Assert.That(rig.DeadLetters.Read().Single().Reason, Does.Contain("future"));
    }

    [Test]
    public async Task A_lock_is_waited_for_no_longer_than_told_and_the_recordings_wait_in_the_journal()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(options => options.LockTimeout = TimeSpan.FromMilliseconds(200));
        await rig.ShipAsync(LineBuilder.Request(1));
        await using var holder = new Npgsql.NpgsqlConnection(rig.ConnectionString);
        await holder.OpenAsync();
        await using Npgsql.NpgsqlTransaction held = await holder.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand("LOCK TABLE flight_recorder_sessions IN ACCESS EXCLUSIVE MODE", holder);
        await command.ExecuteNonQueryAsync();
        rig.Journal.Write("20261120T080000-9f3a11c2d4e5f607-0002.jsonl", Lines(2, 3));
        await using Shipper shipper = rig.NewShipper();

        bool shipped = await shipper.TryShipAsync(CancellationToken.None);
        string? trouble = shipper.State.Trouble;
        await held.RollbackAsync();
        bool then = await shipper.TryShipAsync(CancellationToken.None);

        Assert.Multiple(async () =>
        {
            Assert.That(shipped, Is.False);
            Assert.That(trouble, Does.StartWith("55P03"));
            Assert.That(then, Is.True);
            Assert.That(await rig.SessionsAsync(), Is.EqualTo(3));
        });
    }

    [Test]
    public async Task A_partition_that_someone_dropped_is_made_again()
    {
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.ShipAsync(LineBuilder.Request(1));
        await using Shipper shipper = rig.NewShipper();
        await shipper.TryShipAsync(CancellationToken.None);
        await rig.ExecuteAsync("DROP TABLE flight_recorder_sessions_20261120, flight_recorder_db_mutations_20261120, flight_recorder_errors_20261120");
        rig.Journal.Write("20261120T080000-9f3a11c2d4e5f607-0002.jsonl", Lines(2, 3));

        bool first = await shipper.TryShipAsync(CancellationToken.None);
        bool then = await shipper.TryShipAsync(CancellationToken.None);

        Assert.That((first, then), Is.EqualTo((true, true)).Or.EqualTo((false, true)));
        Assert.That(await rig.SessionsAsync(), Is.EqualTo(2));
    }

    private static byte[] Lines(int from, int to)
        => LineBuilder.Bytes([.. Enumerable.Range(from, to - from + 1).Select(number => LineBuilder.Request(number))]);

    // A body whose bytes are no UTF-8: JSON readers of heads pass over it, the server does not.
    private static byte[] Poison()
    {
        byte[] line = Encoding.UTF8.GetBytes(LineBuilder.Request(99, extra: """{"timeline":[{"atUs":1,"type":"mark","detail":"<>"}]}"""[1..^1]));
        int at = line.AsSpan().IndexOf("<>"u8);
        line[at] = 0xC3;
        line[at + 1] = 0x28;
        byte[] body = line[..^18];
        return [.. body, .. Encoding.ASCII.GetBytes($",\"crc\":\"{LineBuilder.Crc32C(body):x8}\"}}")];
    }

    private static BatchSender NewSender(StoreRig rig)
        => new(rig.Connections, rig.Schema, new DayPartitions(rig.Connections, rig.Schema), rig.DeadLetters, new SendCounters());

    private static OutgoingBatch Batch(params int[] numbers)
    {
        var batch = new OutgoingBatch(1024 * 1024);
        foreach (int number in numbers)
        {
            Assert.That(batch.TryAdd(Encoding.UTF8.GetBytes(LineBuilder.Request(number))), Is.Null);
        }

        return batch;
    }
}
