using System.Text.Json;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.JournalLines;

public class JournalLineTests
{
    private static readonly string[] MemberOrder =
    [
        "v", "run", "seq", "kind", "id", "ts", "durationUs", "outcome", "trigger", "app", "tags", "traceId", "spanId", "parentSpanId", "parent",
        "requestId", "actor", "endpoint", "request", "response", "timeline", "mutations", "errors", "gaps", "cost", "crc",
    ];

    [Test]
    public void A_full_recording_follows_the_schema_and_the_order_of_members()
    {
        JsonElement line = Full().Json();
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(SchemaFile()));
        Assert.That(new JsonSchemaCheck(schema.RootElement).Failures(line), Is.Empty);
        Assert.That(line.EnumerateObject().Select(member => member.Name), Is.EqualTo(MemberOrder));
    }

    [Test]
    public void The_schema_refuses_what_the_line_may_not_be()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(SchemaFile()));
        using JsonDocument wrong = JsonDocument.Parse(Full().Line().Replace("\"outcome\":\"failed\"", "\"outcome\":7", StringComparison.Ordinal));
        Assert.That(new JsonSchemaCheck(schema.RootElement).Failures(wrong.RootElement), Has.Count.EqualTo(1).And.Some.Contains("$.outcome"));
    }

    [Test]
    public void The_line_ends_with_the_checksum_of_all_before_it()
    {
        string line = Full().Line();
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(line);
        Assert.That(line[^18..], Does.Match("^,\"crc\":\"[0-9a-f]{8}\"}$"));
        Assert.That(line[^10..^2], Is.EqualTo(Crc32C.Of(bytes.AsSpan(0, bytes.Length - 18)).ToString("x8")));
    }

    [Test]
    public void The_checksum_is_Castagnoli()
        => Assert.That(Crc32C.Of("123456789"u8), Is.EqualTo(0xe3069283));

    [Test]
    public void The_facts_stand_where_they_belong()
    {
        JsonElement line = Full().Json();
        Assert.That(line.GetProperty("ts").GetString(), Is.EqualTo("2026-01-02T03:04:05.123456Z"));
        Assert.That(line.GetProperty("trigger").ToString(), Is.EqualTo("""["always","error"]"""));
        Assert.That(line.GetProperty("tags").ToString(), Is.EqualTo("""{"team":"blue"}"""));
        Assert.That(line.GetProperty("endpoint").ToString(), Is.EqualTo("""{"name":"OrdersController.Create","location":"Shop/Controllers/OrdersController.cs:21"}"""));
        Assert.That(line.GetProperty("request").GetProperty("query").ToString(), Is.EqualTo("""{"page":"2","tag":["a","b"]}"""));
        Assert.That(line.GetProperty("request").GetProperty("body").ToString(), Is.EqualTo("""{"qty":2}"""));
        Assert.That(line.GetProperty("request").GetProperty("bodyBytes").GetInt32(), Is.EqualTo(11));
    }

    [Test]
    public void Each_type_of_a_body_or_row_is_listed_once_with_its_place_and_follows_the_schema()
    {
        var order = new RedactionMap("NewOrder", "Shop/Contracts/NewOrder.cs:5");
        var stock = new RedactionMap("StockItem", "Shop/Data/StockItem.cs:9");
        EncodingBench bench = new EncodingBench().Request("application/json", "{}", order).Response("application/json", "{}");
        bench.Append(new MutationEntry { Source = "efcore", Operation = "update", Model = "StockItem", Map = stock });
        bench.Append(new MutationEntry { Source = "efcore", Operation = "update", Model = "StockItem", Map = stock });
        JsonElement line = bench.Json();
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(SchemaFile()));
        Assert.That(line.GetProperty("sources").ToString(), Is.EqualTo(
            """[{"kind":"request","name":"NewOrder","location":"Shop/Contracts/NewOrder.cs:5"},{"kind":"entity","name":"StockItem","location":"Shop/Data/StockItem.cs:9"}]"""));
        Assert.That(new JsonSchemaCheck(schema.RootElement).Failures(line), Is.Empty);
    }

    [Test]
    public void The_timeline_begins_with_the_request_and_ends_with_the_response()
    {
        JsonElement[] timeline = [.. Full().Json().GetProperty("timeline").EnumerateArray()];
        Assert.That(timeline[0].GetProperty("type").GetString(), Is.EqualTo("http.request.received"));
        Assert.That(timeline[^1].GetProperty("type").GetString(), Is.EqualTo("http.response.sent"));
        Assert.That(timeline.Select(entry => entry.GetProperty("type").GetString()), Does.Contain("db.mutation"));
    }

    [Test]
    public void An_operation_has_no_request()
    {
        var bench = new EncodingBench(RecordingKind.Operation);
        bench.Recording.Plan = null;
        bench.Recording.Name = "nightly import";
        JsonElement line = bench.Json();
        Assert.That(line.TryGetProperty("request", out _), Is.False);
        Assert.That(line.GetProperty("timeline").GetArrayLength(), Is.Zero);
        Assert.That(line.GetProperty("endpoint").ToString(), Is.EqualTo("""{"name":"nightly import"}"""));
    }

    [Test]
    public void Row_values_are_numbers_only_where_a_double_holds_them()
    {
        var bench = new EncodingBench();
        bench.Append(new MutationEntry
        {
            Source = "efcore",
            Operation = "insert",
            Map = EncodingBench.Map(),
            After =
            [[
                new("i", 7), new("big", 9007199254740993L), new("d", 12.50m), new("long", 1234567890123456789.5m), new("f", 0.1), new("nan", double.NaN),
                new("b", true), new("n", null), new("bin", new ByteCount(3)), new("g", Guid.Empty), new("t", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)),
                new("json", JsonFragment.OfItems(new[] { 1, 2 })),
            ]],
        });
        Assert.That(bench.Json().GetProperty("mutations")[0].GetProperty("after").GetRawText(), Is.EqualTo(
            """{"i":7,"big":"9007199254740993","d":12.50,"long":"1234567890123456789.5","f":0.1,"nan":"NaN","b":true,"n":null,"bin":{"bytes":3}"""
            + ""","g":"00000000-0000-0000-0000-000000000000","t":"2026-01-02T03:04:05.0000000Z","json":[1,2]}"""));
    }

    [Test]
    public void Set_based_mutations_have_arrays_of_rows()
    {
        var bench = new EncodingBench();
        bench.Append(new MutationEntry { Source = "efcore", Operation = "bulkUpdate", SetBased = true, Map = EncodingBench.Map(), Before = [[new("q", 1)]], After = [] });
        JsonElement mutation = bench.Json().GetProperty("mutations")[0];
        Assert.That(mutation.GetProperty("before").ToString(), Is.EqualTo("""[{"q":1}]"""));
        Assert.That(mutation.GetProperty("after").ToString(), Is.EqualTo("[]"));
    }

    [Test]
    public void Awkward_characters_stay_on_one_line_and_come_back()
    {
        var bench = new EncodingBench();
        bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = "a\u2028b\r\nc\ud800d\0e\"\\\u007f€😀" });
        string line = bench.Line();
        Assert.That(line, Does.Not.Contain('\n').And.Not.Contain('\r').And.Not.Contain('\u2028'));
        using JsonDocument document = JsonDocument.Parse(line);
        Assert.That(document.RootElement.GetProperty("timeline")[1].GetProperty("detail").GetString(), Is.EqualTo("a\u2028b\r\nc\uFFFDd\0e\"\\\u007f€😀"));
    }

    [Test]
    public void Inner_exceptions_and_the_first_frame_with_a_file_are_told()
    {
        var bench = new EncodingBench();
        bench.Append(Thrown());
        JsonElement error = bench.Json().GetProperty("errors")[0];
        Assert.That(error.GetProperty("type").GetString(), Is.EqualTo("System.InvalidOperationException"));
        Assert.That(error.GetProperty("inner")[0].GetProperty("message").GetString(), Is.EqualTo("deep"));
        Assert.That(error.GetProperty("location").GetString(), Does.Match(@"^FlightRecorder\.Tests/Runtime/Core/Encoding/JournalLineTests\.cs:\d+$"));
    }

    [Test]
    public void An_absolute_path_shows_only_the_name_of_its_file()
        => Assert.That(StackLocation.FirstOf("   at A.B()\n   at A.C() in /home/ann/shop/Stock.cs:line 40\n"), Is.EqualTo("Stock.cs:40"));

    [TestCase("HEAD", 200)]
    [TestCase("GET", 204)]
    [TestCase("GET", 304)]
    public void A_response_that_cannot_have_a_body_has_none(string method, int status)
    {
        EncodingBench bench = new EncodingBench().Response("application/json", "{}");
        bench.Recording.Method = method;
        bench.Recording.Status = status;
        JsonElement response = bench.Json().GetProperty("response");
        Assert.That(response.GetProperty("bodyState").GetString(), Is.EqualTo("none"));
        Assert.That(response.TryGetProperty("body", out _), Is.False);
    }

    [Test]
    public void A_line_that_grows_too_long_loses_its_largest_parts_and_says_so()
    {
        EncodingBench bench = Full();
        bench.Options.MaxRecordBytes = 16 * 1024;
        bench.Response("text/plain", new string('r', 20_000)).Request("application/json", "{\"a\":\"" + new string('q', 9_000) + "\"}");
        string line = bench.Line();
        Assert.That(System.Text.Encoding.UTF8.GetByteCount(line), Is.LessThan(16 * 1024));
        using JsonDocument document = JsonDocument.Parse(line);
        Assert.That(document.RootElement.GetProperty("response").GetProperty("bodyState").GetString(), Is.EqualTo("skipped"));
        Assert.That(document.RootElement.GetProperty("request").GetProperty("bodyState").GetString(), Is.EqualTo("complete"));
        Assert.That(document.RootElement.GetProperty("gaps").ToString(), Does.Contain("response.body").And.Contain("MaxRecordBytes"));
    }

    [Test]
    public void A_thousand_long_entries_still_make_a_line_within_the_limit()
    {
        var bench = new EncodingBench { Options = { MaxRecordBytes = 16 * 1024 } };
        for (int i = 0; i < 1000; i++)
        {
            bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = new string('x', 1000), Data = new string('y', 1000) });
            bench.Append(new InvalidOperationException(new string('z', 10_000)));
        }

        Assert.That(System.Text.Encoding.UTF8.GetByteCount(bench.Line()), Is.LessThan(16 * 1024));
    }

    [Test]
    public void Thousands_of_query_values_still_make_a_line_within_the_limit()
    {
        var bench = new EncodingBench { Options = { MaxRecordBytes = 16 * 1024 } };
        bench.Recording.Path = "/" + new string('"', 60_000);
        bench.Recording.Query.Add(EncodingBench.Value("many", [.. Enumerable.Repeat("value", 5000)]));
        for (int i = 0; i < 2000; i++)
        {
            bench.Recording.Query.Add(EncodingBench.Value("q" + i, new string('v', 100)));
        }

        Assert.That(System.Text.Encoding.UTF8.GetByteCount(bench.Line()), Is.LessThan(16 * 1024));
    }

    [Test]
    public void The_prompt_is_stored_only_when_asked_for()
    {
        EncodingBench bench = Full();
        bench.Encoder.PromptOf = line => "prompt of " + line.Length;
        Assert.That(bench.Json().TryGetProperty("prompt", out _), Is.False);
        bench.Options.StorePrompt = true;
        string line = bench.Line();
        Assert.That(line, Does.Contain("\"prompt\":\"prompt of "));
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(line);
        Assert.That(line[^10..^2], Is.EqualTo(Crc32C.Of(bytes.AsSpan(0, bytes.Length - 18)).ToString("x8")));
    }

    private static EncodingBench Full()
    {
        var bench = new EncodingBench();
        bench.Request("application/json", """{ "qty": 2}""").Response("application/json", """{"ok":true}""");
        ActiveRecording recording = bench.Recording;
        recording.Outcome = RecordingOutcome.Failed;
        recording.Trigger = Triggers.Always | Triggers.Error;
        recording.TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        recording.SpanId = "00f067aa0ba902b7";
        recording.ParentSpanId = "00f067aa0ba902b8";
        recording.Parent = "0195d0f5-7a1c-7000-8000-000000000000";
        recording.RequestId = "req-1";
        recording.Actor = new RequestActor("user_42", "admin") { Email = "ann@example.org" };
        recording.Query.Add(EncodingBench.Value("page", "2"));
        recording.Query.Add(EncodingBench.Value("tag", "a", "b"));
        recording.RequestHeaders.Add(EncodingBench.Value("user-agent", "test"));
        recording.ResponseHeaders.Add(EncodingBench.Value("etag", "\"1\""));
        bench.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = "SELECT 1", Parameters = [new("@p0", 5)], Location = "Shop/Data/Stock.cs:40", DurationUs = 402, Rows = 1 });
        bench.Append(new MutationEntry
        {
            Source = "efcore",
            Model = "Order",
            Table = "orders",
            Operation = "update",
            Key = [new("id", 5)],
            Map = EncodingBench.Map(),
            Before = [[new("qty", 1)]],
            After = [[new("qty", 2)]],
            Changed = ["qty"],
            Rows = 1,
            Outcome = MutationOutcome.Committed,
            Transaction = "t1",
            Location = "Shop/Data/Stock.cs:88",
        });
        bench.Append(Thrown());
        recording.Append(recording.Generation, new GapEntry("response.body", "event stream"));
        return bench;
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("outer", new ArgumentException("deep"));
        }
        catch (InvalidOperationException error)
        {
            return error;
        }
    }

    private static string SchemaFile() => Path.Combine(AppContext.BaseDirectory, "journal-line.v1.schema.json");
}
