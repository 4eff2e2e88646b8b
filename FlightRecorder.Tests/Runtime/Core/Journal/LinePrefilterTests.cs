using System.Text;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Journal;

public class LinePrefilterTests
{
    private static readonly string[] s_globs =
    [
        "/**", "*", "/orders/**", "/orders/*", "orders/1", "/ORDERS/1", "/orders/{id}", "/**/lines", "/orders/**/lines", "/orders/1/", "/o*s/1", "/**/1/**", "/größe/*", "/a\\b", "",
    ];

    private static readonly string[] s_paths = ["/orders", "/orders/1", "/Orders/1/lines", "/orders/1/2/lines", "/users/1", "/größe/1", "/a\\b", "/", ""];

    [Test]
    public void No_line_that_matches_is_ruled_out()
    {
        int matches = 0;
        foreach (string path in s_paths)
        {
            byte[] line = Encoding.UTF8.GetBytes(LineBuilder.Request(1, path: path.Replace("\\", "\\\\"), status: 404, outcome: "failed", extra: "\"actor\":{\"id\":\"user \\\"42\\\"\"},\"traceId\":\"4bf9\",\"errors\":[{\"type\":\"Shop.Fault\",\"message\":\"Größe \\\"Tea\\\" x\\u0001y 7\"}]"));
            SummaryParser.TryRead(line, out RecordingSummary? head);
            foreach (JournalFilter filter in s_globs.SelectMany(glob => Filters(new RecordingQuery { Route = glob })))
            {
                bool isWanted = filter.Matches(head!, line);
                matches += isWanted ? 1 : 0;
                Assert.That(!isWanted || LinePrefilter.Of(filter)?.MayMatch(line) != false, $"{filter} on {path}");
            }
        }

        Assert.That(matches, Is.GreaterThan(100));
    }

    [Test]
    public void Lines_without_what_is_asked_for_are_ruled_out()
    {
        byte[] line = Encoding.UTF8.GetBytes(LineBuilder.Request(1));
        foreach (RecordingQuery query in new RecordingQuery[]
        {
            new() { Route = "/rare/**" }, new() { Status = 404 }, new() { Outcome = RecordingOutcome.Failed }, new() { ActorId = "u" }, new() { RequestId = "r2" }, new() { TraceId = "4bf9" }, new() { ErrorText = "orders" }, new() { ErrorText = "x" },
        })
        {
            Assert.That(LinePrefilter.Of(new JournalFilter(query))!.MayMatch(line), Is.False, query.ToString());
        }
    }

    [Test]
    public void What_leaves_no_trace_has_no_prefilter()
        => Assert.That(LinePrefilter.Of(new JournalFilter(new RecordingQuery { Route = "/**", Since = LineBuilder.Start })), Is.Null);

    private static IEnumerable<JournalFilter> Filters(RecordingQuery query) =>
    [
        new(query), new(query with { Status = 404 }), new(query with { Outcome = RecordingOutcome.Failed }), new(query with { ActorId = "user \"42\"" }),
        new(query with { TraceId = "4bf9" }), new(query with { RequestId = "r1" }), new(query, "orders"), new(query with { Status = 200 }, "größe"),
        .. new[] { "Fault", "TEA", "größe", "x y", "7", "shop.fault: größe" }.Select(text => new JournalFilter(query with { ErrorText = text })),
    ];
}
