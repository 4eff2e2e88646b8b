using System.Text.Json;
using FlightRecorder.Tests.Core.JournalLines;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Every place of a recording that can hold somebody's text. The request's body is left to the tests.</summary>
internal static class TextPlaces
{
    public static Dictionary<string, Action<EncodingBench, string>> All { get; } = new()
    {
        ["a JSON body"] = (bench, text) => bench.Response("application/json", JsonSerializer.Serialize(new { note = new[] { text } })),
        ["a name in a JSON body"] = (bench, text) => bench.Response("application/json", JsonSerializer.Serialize(new Dictionary<string, int> { [text] = 1 })),
        ["an escaped JSON body"] = (bench, text) => bench.Response("application/json", "\"" + string.Concat(text.Select(letter => $"\\u{(int)letter:x4}")) + "\""),
        ["a truncated body"] = (bench, text) => EncodingBench.Fill(bench.Recording.ResponseBody, "application/json", JsonSerializer.Serialize(new { text, more = new string('x', 8000) }), EncodingBench.Map(), limit: 6000),
        ["a text body"] = (bench, text) => bench.Response("text/plain", "see " + text),
        ["a form"] = (bench, text) => bench.Response("application/x-www-form-urlencoded", "note=" + Uri.EscapeDataString(text)),
        ["the query"] = (bench, text) => bench.Recording.Query.Add(EncodingBench.Value("q", "a", text)),
        ["a route value"] = (bench, text) => bench.Recording.Params.Add(EncodingBench.Value("id", text)),
        ["the path"] = (bench, text) => bench.Recording.Path = "/x/" + text,
        ["a header"] = (bench, text) => bench.Recording.RequestHeaders.Add(EncodingBench.Value("user-agent", text.ReplaceLineEndings(" "))),
        ["a header of the response"] = (bench, text) => bench.Recording.ResponseHeaders.Add(EncodingBench.Value("location", "/next?at=" + text.ReplaceLineEndings(" "))),
        ["the request id"] = (bench, text) => bench.Recording.RequestId = text,
        ["the actor"] = (bench, text) => bench.Recording.Actor = new RequestActor(text) { Extra = new Dictionary<string, string>(bench.Recording.Actor?.Extra ?? new Dictionary<string, string>()) { ["x"] = text } },
        ["a log line"] = (bench, text) => bench.Append(new TimelineEntry { Type = "log", Detail = text, Data = JsonFragment.OfItems(new[] { "x", text }) }),
        ["a mark"] = (bench, text) => bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = "got " + text, Data = text }),
        ["JSON data"] = (bench, text) => bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = "x", Data = JsonFragment.OfItems(new[] { text }) }),
        ["SQL text"] = (bench, text) => bench.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = $"SELECT '{text}'" }),
        ["a SQL parameter"] = (bench, text) => bench.Append(new TimelineEntry { Type = TimelineTypes.Query, Parameters = [new("@p0", text)] }),
        ["the name of a SQL parameter"] = (bench, text) => bench.Append(new TimelineEntry { Type = TimelineTypes.Query, Parameters = [new(text, 1)] }),
        ["the error of a query"] = (bench, text) => bench.Append(new TimelineEntry { Type = TimelineTypes.Query, Error = "near " + text }),
        ["a row before"] = (bench, text) => bench.Append(new MutationEntry { Source = "efcore", Operation = "delete", Map = EncodingBench.Map(), Key = [new("k", text)], Before = [[new("a", 1), new("doc", JsonFragment.OfItems(new[] { text }))]] }),
        ["a row"] = (bench, text) => bench.Append(new MutationEntry { Source = "efcore", Operation = "insert", Map = EncodingBench.Map(), After = [[new("note", text)]] }),
        ["a row of a set before"] = (bench, text) => bench.Append(new MutationEntry { Source = "efcore", Operation = "bulkDelete", Map = EncodingBench.Map(), Rows = 2, Before = [[new("id", 1), new("note", "x")], [new("id", 2), new("note", text)]] }),
        ["a row of a set after"] = (bench, text) => bench.Append(new MutationEntry { Source = "adonet", Operation = "bulkUpdate", Rows = 2, After = [[new("id", 1), new("note", text)], [new("id", 2), new("note", text)]] }),
        ["a parameter of a mutation"] = (bench, text) => bench.Append(new MutationEntry { Source = "adonet", Operation = "sql", Sql = "UPDATE t SET x = @p0", Parameters = [new("p0", text), new("p1", JsonFragment.OfItems(new[] { text }))] }),
        ["the where of a mutation"] = (bench, text) => bench.Append(new MutationEntry { Source = "adonet", Operation = "sql", Where = $"x = '{text}'", Sql = $"DELETE FROM t WHERE x = '{text}'" }),
        ["an exception"] = (bench, text) => bench.Append(new InvalidOperationException(text)),
        ["a stack"] = (bench, text) => bench.Append(new StackException(text)),
        ["a gap"] = (bench, text) => bench.Recording.Append(bench.Recording.Generation, new GapEntry("x", "because " + text)),
        ["an inner exception"] = (bench, text) => bench.Append(new InvalidOperationException("bad", new AggregateException(new ArgumentException("deep " + text)))),
    };

    private sealed class StackException(string stack) : Exception("x")
    {
        public override string? StackTrace => "   at Shop.Orders.Create() in /src/Shop/Orders.cs:line 21\n" + stack;
    }
}
