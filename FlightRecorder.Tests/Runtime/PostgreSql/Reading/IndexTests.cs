using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Support;
using Npgsql;

namespace FlightRecorder.Tests.PostgreSql.Reading;

/// <summary>The plans that the server makes for the very statements of the reader, over some thousand recordings.</summary>
public sealed class IndexTests
{
    private const int Recordings = 4000;

    private StoreRig _rig = null!;

    [OneTimeSetUp]
    public async Task FillAsync()
    {
        _rig = await StoreRig.CreateAsync();
        await _rig.ShipAsync([.. Enumerable.Range(1, Recordings).Select(Line)]);

        // As the server does by itself in a while: until then, entries wait in a list that makes the index of words dearer than these few pages.
        await _rig.ExecuteAsync("VACUUM ANALYZE");
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _rig.DisposeAsync();

    [Test]
    public async Task The_newest_come_from_the_key_without_a_sort()
        => Assert.That(await PlanAsync(new RecordingQuery()), Does.Contain("sessions_20261120_pkey").And.Not.Contain("Seq Scan on flight_recorder_sessions_20261120"));

    [Test]
    public async Task A_stretch_of_time_comes_from_the_key_of_its_day_alone()
    {
        string plan = await PlanAsync(new RecordingQuery { Since = LineBuilder.Start.AddSeconds(10), Until = LineBuilder.Start.AddSeconds(40) });

        Assert.That(plan, Does.Contain("sessions_20261120_pkey").And.Not.Contain("20261121"), "days outside are not touched");
    }

    [Test]
    public async Task A_route_has_its_index() => Assert.That(await PlanAsync(new RecordingQuery { Route = "/rare/{id}" }), Does.Contain("_route_started_at_idx"));

    [Test]
    public async Task A_status_has_its_index() => Assert.That(await PlanAsync(new RecordingQuery { Status = 503 }), Does.Contain("_status_started_at_idx"));

    [Test]
    public async Task A_request_id_has_its_index() => Assert.That(await PlanAsync(new RecordingQuery { RequestId = "r77" }), Does.Contain("_request_id_idx"));

    [Test]
    public async Task A_trace_id_has_its_index() => Assert.That(await PlanAsync(new RecordingQuery { TraceId = "trace77" }), Does.Contain("_trace_id_idx"));

    [Test]
    public async Task An_actor_has_its_index() => Assert.That(await PlanAsync(new RecordingQuery { ActorId = "actor7" }), Does.Contain("_actor_id_started_at_idx"));

    [Test]
    public async Task An_id_has_its_index()
        => Assert.That(await ExplainAsync(StoredRecording.SelectSession, BoundedTransaction.Value(LineBuilder.Id(7), NpgsqlTypes.NpgsqlDbType.Uuid)), Does.Contain("_session_id_idx"));

    [TestCase("zebra")]
    [TestCase("a Zebra")]
    [TestCase("word77")]
    public async Task Words_of_errors_have_their_index(string text)
    {
        string plan = await PlanAsync(new RecordingQuery { ErrorText = text });

        Assert.That(plan, Does.Contain("Bitmap Index Scan on flight_recorder_errors_20261120_words_idx"));
        Assert.That(plan, Does.Not.Contain("Seq Scan on flight_recorder_sessions_20261120").And.Not.Contain("Seq Scan on flight_recorder_errors_20261120"));
    }

    [Test]
    public async Task Words_that_each_error_has_are_met_newest_first_without_a_sort()
    {
        string plan = await PlanAsync(new RecordingQuery { ErrorText = "horse" });

        Assert.That(plan, Does.Contain("sessions_20261120_pkey").And.Contain("errors_20261120_pkey"));
        Assert.That(plan, Does.Not.Contain("Seq Scan on flight_recorder_sessions_20261120").And.Not.Contain("Seq Scan on flight_recorder_errors_20261120"));
    }

    [Test]
    public async Task Errors_of_days_outside_are_not_touched()
        => Assert.That(await PlanAsync(new RecordingQuery { ErrorText = "zebra", Since = LineBuilder.Start, Until = LineBuilder.Start.AddHours(1) }), Does.Not.Match("_202611(19|21) (found|session)"));

    private static string Line(int number) => LineBuilder.Request(
        number,
        route: number % 500 == 0 ? "/rare/{id}" : "/orders/{id}",
        status: number % 400 == 0 ? 503 : 200,
        extra: $$$"""{"traceId":"trace{{{number}}}","actor":{"id":"actor{{{number % 300}}}"},"errors":[{"atUs":1,"type":"E","message":"word{{{number}}} {{{(number == 99 ? "a zebra" : "a horse")}}}"}]}"""[1..^1]);

    private Task<string> PlanAsync(RecordingQuery query)
    {
        NpgsqlParameter[] values = SummaryQuery.Values(query, after: null, leastMutations: null, limit: 50);
        return ErrorSearch.Of(query) is { } errors
            ? ExplainAsync(SummaryQuery.SelectByError, SummaryQuery.ValuesByError(values, errors))
            : ExplainAsync(SummaryQuery.Select, values);
    }

    private async Task<string> ExplainAsync(Sql sql, params NpgsqlParameter[] values)
    {
        await using NpgsqlConnection connection = await _rig.Connections.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("EXPLAIN " + _rig.Schema.Apply(sql), connection);
        foreach (NpgsqlParameter value in values)
        {
            command.Parameters.Add(value);
        }

        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        return string.Join('\n', plan);
    }
}
