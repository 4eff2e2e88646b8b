using System.Text;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.PostgreSql.Contract;

/// <summary>What every reader answers, whatever it reads from.</summary>
public abstract class ReaderContract
{
    private static readonly string[] s_lines =
    [
        LineBuilder.Request(1, path: "/orders/1"),
        LineBuilder.Request(2, path: "/orders/2/lines", route: "/orders/{id}/lines", status: 500, outcome: "failed", extra: """{"errors":[{"atUs":1,"type":"Shop.StockException","message":"none left","handled":false},{"atUs":2,"type":"Other"}]}"""[1..^1]),
        LineBuilder.Request(3, method: "POST", path: "/Orders", route: "/orders", status: 201, extra: """{"mutations":[{"atUs":1,"source":"efcore","operation":"insert","table":"orders","key":{"id":7},"after":{"id":7,"total":12.50},"outcome":"committed"}]}"""[1..^1]),
        LineBuilder.Request(4, path: "/users/ann", route: "/users/{name}", extra: """{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","actor":{"id":"user_42","role":"clerk"}}"""[1..^1]),
        LineBuilder.Request(5, path: "/users/bob", route: "/users/{name}", status: 404, extra: """{"actor":{"id":"user_42"}}"""[1..^1]),
        LineBuilder.Request(6, path: "/a%b_c", route: "/a%b_c", outcome: "aborted"),
        LineBuilder.Request(7, path: "/orders/1", at: LineBuilder.Start.AddSeconds(6)),
        LineBuilder.Seal("""{"v":1,"run":"9f3a11c2d4e5f607","seq":8,"kind":"operation","id":"00000008-19aa-7000-8000-00000000cafe","ts":"2026-11-20T08:00:08.000000Z","durationUs":5,"outcome":"completed","trigger":["always","slow"],"app":{},"endpoint":{"name":"nightly"},"gaps":[{"what":"a","why":"b"}]"""),
    ];

    private IRecordingReader _reader = null!;

    [OneTimeSetUp]
    public async Task FillAsync() => _reader = await FillAsync(s_lines);

    protected abstract Task<IRecordingReader> FillAsync(string[] lines);

    [Test]
    public async Task All_are_listed_newest_first_and_by_number_where_the_time_is_the_same()
        => Assert.That(await ListAsync(new RecordingQuery()), Is.EqualTo(new[] { 8, 7, 6, 5, 4, 3, 2, 1 }));

    [TestCase(1, 8)]
    [TestCase(3, 8, 7, 6)]
    [TestCase(0, 8)]
    public async Task No_more_are_listed_than_asked_for(int limit, params int[] expected)
        => Assert.That(await ListAsync(new RecordingQuery { Limit = limit }), Is.EqualTo(expected));

    [TestCase("/orders/*", 7, 1)]
    [TestCase("/ORDERS/**", 7, 3, 2, 1)]
    [TestCase("orders/**", 7, 3, 2, 1)]
    [TestCase("/**/lines", 2)]
    [TestCase("/orders", 3)]
    [TestCase("/users/{name}", 5, 4)]
    [TestCase("/users/*n*", 4)]
    [TestCase("/a%b_c", 6)]
    [TestCase("/a%*", 6)]
    [TestCase("/a.b_c")]
    [TestCase("/nothing")]
    [TestCase("**", 7, 6, 5, 4, 3, 2, 1)]
    public async Task A_route_is_a_glob_over_the_path_or_the_template(string route, params int[] expected)
        => Assert.That(await ListAsync(new RecordingQuery { Route = route }), Is.EqualTo(expected));

    [TestCase(200, 7, 6, 4, 1)]
    [TestCase(500, 2)]
    [TestCase(302)]
    public async Task A_status_chooses(int status, params int[] expected)
        => Assert.That(await ListAsync(new RecordingQuery { Status = status }), Is.EqualTo(expected));

    [TestCase(RecordingOutcome.Failed, 2)]
    [TestCase(RecordingOutcome.Aborted, 6)]
    [TestCase(RecordingOutcome.Unfinished)]
    public async Task An_outcome_chooses(RecordingOutcome outcome, params int[] expected)
        => Assert.That(await ListAsync(new RecordingQuery { Outcome = outcome }), Is.EqualTo(expected));

    [Test]
    public async Task A_time_from_counts_and_a_time_until_does_not()
        => Assert.That(
            await ListAsync(new RecordingQuery { Since = LineBuilder.Start.AddSeconds(2), Until = LineBuilder.Start.AddSeconds(5) }), Is.EqualTo(new[] { 4, 3, 2 }));

    [Test]
    public async Task A_request_id_chooses() => Assert.That(await ListAsync(new RecordingQuery { RequestId = "r3" }), Is.EqualTo(new[] { 3 }));

    [Test]
    public async Task A_request_id_is_compared_with_case() => Assert.That(await ListAsync(new RecordingQuery { RequestId = "R3" }), Is.Empty);

    [Test]
    public async Task A_trace_id_chooses()
        => Assert.That(await ListAsync(new RecordingQuery { TraceId = "4bf92f3577b34da6a3ce929d0e0e4736" }), Is.EqualTo(new[] { 4 }));

    [Test]
    public async Task An_actor_chooses() => Assert.That(await ListAsync(new RecordingQuery { ActorId = "user_42" }), Is.EqualTo(new[] { 5, 4 }));

    [TestCase("none left", 2)]
    [TestCase("LEFT, none!", 2)]
    [TestCase("StockException", 2)]
    [TestCase("Shop.StockException: none left", 2)]
    [TestCase("other", 2)]
    [TestCase("none other")]
    [TestCase("non")]
    [TestCase("stock")]
    public async Task Words_of_an_error_choose(string text, params int[] expected)
        => Assert.That(await ListAsync(new RecordingQuery { ErrorText = text }), Is.EqualTo(expected));

    [Test]
    public async Task All_conditions_must_hold()
        => Assert.That(await ListAsync(new RecordingQuery { ActorId = "user_42", Status = 404, Route = "/users/*", Limit = 1 }), Is.EqualTo(new[] { 5 }));

    [Test]
    public async Task Conditions_are_values_and_no_language()
        => Assert.That(await ListAsync(new RecordingQuery { ActorId = "' OR 1=1 --", Route = "/(a+)+$[" }), Is.Empty);

    [Test]
    public async Task A_head_tells_the_same_as_its_line()
    {
        IReadOnlyList<RecordingSummary> heads = await _reader.ListAsync(new RecordingQuery());

        foreach (string line in s_lines)
        {
            SummaryParser.TryRead(Encoding.UTF8.GetBytes(line), out RecordingSummary? expected);
            Assert.That(heads, Does.Contain(expected));
        }
    }

    [Test]
    public async Task A_recording_is_that_of_its_line()
    {
        foreach (string line in s_lines)
        {
            Recording expected = RecordingParser.TryRead(Encoding.UTF8.GetBytes(line))!;
            Recording? read = await _reader.GetAsync(expected.Id);
            Assert.That(Encoding.UTF8.GetString(read!.Line.Span), Is.EqualTo(line));
            Assert.That(PromptWriter.Write(read).Length, Is.EqualTo(PromptWriter.Write(expected).Length));
        }
    }

    [Test]
    public async Task An_unknown_id_is_null() => Assert.That(await _reader.GetAsync(Guid.NewGuid()), Is.Null);

    [Test]
    public async Task Concurrent_calls_have_their_own_answers()
    {
        IReadOnlyList<int>[] answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(limit => Task.Run(() => ListAsync(new RecordingQuery { Limit = limit }))));

        Assert.That(answers.Select(answer => answer.Count), Is.EqualTo(Enumerable.Range(1, 20).Select(limit => Math.Min(limit, 8))));
    }

    private async Task<IReadOnlyList<int>> ListAsync(RecordingQuery query)
        => [.. (await _reader.ListAsync(query)).Select(head => (int)head.Sequence)];
}
