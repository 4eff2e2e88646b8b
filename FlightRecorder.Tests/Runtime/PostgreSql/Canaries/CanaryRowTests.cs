using System.Text;
using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Core.Redaction;
using Npgsql;

namespace FlightRecorder.Tests.PostgreSql.Canaries;

/// <summary>Random secrets, written everywhere in every encoding: none is in any column, summary or prompt that PostgreSQL gives back.</summary>
public sealed class CanaryRowTests
{
    private const int Recordings = 250;
    private const int Refused = 40;

    private static readonly string[] s_tables = ["flight_recorder_sessions", "flight_recorder_db_mutations", "flight_recorder_errors"];

    [Test]
    public async Task A_canary_is_in_no_column_of_any_row([Values] bool withoutJournal)
    {
        var canaries = new CanaryLines(Recordings);
        await using StoreRig rig = await StoreRig.CreateAsync();
        await StoreAsync(rig, canaries, withoutJournal);

        Assert.That(await rig.ScalarAsync<long>("SELECT count(llm_prompt) FROM flight_recorder_sessions"), Is.EqualTo(Recordings));
        foreach (string table in s_tables)
        {
            List<(Guid Id, string Row)> rows = await RowsAsync(rig, table);
            Assert.That(rows, Is.Not.Empty, table);
            rows.ForEach(row => canaries.Of(row.Id).AssertGone(row.Row));
        }
    }

    [Test]
    public async Task A_canary_is_in_nothing_that_the_reader_gives()
    {
        var canaries = new CanaryLines(Recordings);
        await using StoreRig rig = await StoreRig.CreateAsync();
        await StoreAsync(rig, canaries, withoutJournal: false);

        IReadOnlyList<RecordingSummary> summaries = await rig.Reader.ListAsync(new RecordingQuery { Limit = 2 * Recordings });

        Assert.That(summaries, Has.Count.EqualTo(Recordings));
        foreach (RecordingSummary summary in summaries)
        {
            Recording recording = (await rig.Reader.GetAsync(summary.Id))!;
            canaries.AssertGone(summary.Id, summary.ToString(), "the summary");
            canaries.Of(summary.Id).AssertGone(Encoding.UTF8.GetString(recording.Line.Span));
            canaries.AssertGone(summary.Id, PromptWriter.Write(recording), "the prompt");
        }
    }

    // What the search above must be able to find.
    [Test]
    public async Task Without_scrubbing_the_search_finds_canaries_in_every_column_that_holds_text()
    {
        var canaries = new CanaryLines(Recordings, scrubEchoes: false);
        await using StoreRig rig = await StoreRig.CreateAsync();
        await StoreAsync(rig, canaries, withoutJournal: true);
        var found = new HashSet<string>();
        foreach (string table in s_tables)
        {
            foreach ((Guid id, string row) in await RowsAsync(rig, table))
            {
                found.UnionWith(canaries.Of(id).MembersThatHold(row));
            }
        }

        Assert.That(found, Is.SupersetOf(new[]
        {
            "request_id", "path", "actor", "actor_id", "request", "response", "timeline", "gaps", "llm_prompt", "where_json", "args_json", "before_json",
            "after_json", "message", "stack",
        }));
    }

    [Test]
    public async Task A_canary_is_in_no_dead_letter_and_in_no_reason_for_one()
    {
        var canaries = new CanaryLines(Refused);
        await using StoreRig rig = await StoreRig.CreateAsync();
        await rig.Installer.UpAsync(CancellationToken.None);
        await rig.ExecuteAsync("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN RAISE EXCEPTION 'refused: %', row_to_json(NEW) USING ERRCODE = '22023', DETAIL = NEW.request::text, HINT = NEW.timeline::text; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON flight_recorder_sessions FOR EACH ROW EXECUTE FUNCTION refuse();
            """);

        Shipper shipper = await rig.ShipAsync([.. canaries.All]);

        string[] written = await File.ReadAllLinesAsync(rig.DeadLetters.Path);
        IReadOnlyList<DeadLetter> letters = rig.DeadLetters.Read();
        Assert.That((written.Length, letters.Count, shipper.State.Counters.Dead), Is.EqualTo((Refused, Refused, Refused)));
        foreach ((string line, DeadLetter letter) in written.Zip(letters))
        {
            CanaryFlight flight = canaries.Of(letter.Line.Span);
            Assert.That(letter.Reason, Does.StartWith("22023: refused: {"));
            flight.AssertGone(line);
            Assert.That(flight.MembersThatHold(letter.Reason["22023: refused: ".Length..]), Is.Empty);
        }

        AssertNoneInTheFolder(rig, canaries);
        Assert.That(rig.Log.CountOf(66), Is.EqualTo(1));
        canaries.AssertNoneIn(string.Join('\n', rig.Log.All), "the log");
        await AssertNoneInRefusalsAsync(rig, canaries);
    }

    private static async Task AssertNoneInRefusalsAsync(StoreRig rig, CanaryLines canaries)
    {
        var retry = new DeadLetterRetry(rig.DeadLetters, rig.Connections);
        await retry.SendAsync(rig.DeadLetters.Read(), CancellationToken.None);
        Assert.That(retry.Refusals, Has.Count.EqualTo(canaries.All.Count));
        canaries.AssertNoneIn(string.Join('\n', retry.Refusals), "the reasons of a retry");
    }

    // Position, lock and letters; the segments beside them too.
    private static void AssertNoneInTheFolder(StoreRig rig, CanaryLines canaries)
    {
        foreach (string file in Directory.GetFiles(rig.Journal.Path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("lock", StringComparison.Ordinal)))
        {
            canaries.AssertNoneIn(Encoding.UTF8.GetString(File.ReadAllBytes(file)), file);
        }
    }

    private static async Task StoreAsync(StoreRig rig, CanaryLines canaries, bool withoutJournal)
    {
        if (!withoutJournal)
        {
            await rig.ShipAsync([.. canaries.All]);
        }
        else
        {
            await using var store = new DirectStore(rig.Connections, rig.Log, new ShipState(TimeProvider.System));
            await store.WriteAsync([.. canaries.All.Select(Encoded)], CancellationToken.None);
        }

        Assert.That(await rig.SessionsAsync(), Is.EqualTo(Recordings));
    }

    private static EncodedRecording Encoded(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        Recording recording = RecordingParser.TryRead(bytes.AsSpan(..^1))!;
        return new EncodedRecording { Id = recording.Id, Sequence = recording.Sequence, Line = bytes };
    }

    private static async Task<List<(Guid Id, string Row)>> RowsAsync(StoreRig rig, string table)
    {
        var rows = new List<(Guid Id, string Row)>();
        await using var connection = new NpgsqlConnection(rig.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT session_id, row_to_json(t)::text FROM {table} t", connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        return rows;
    }
}
