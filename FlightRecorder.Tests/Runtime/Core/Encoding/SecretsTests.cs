using System.Text.Json;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.Core.JournalLines;

public class SecretsTests
{
    private const string Canary = "cAnArY-7f3e9b!4411";

    [Test]
    public void A_canary_in_every_position_is_nowhere_in_the_line([Values] bool fromPlan)
    {
        EncodingBench bench = WithCanaries();
        bench.Recording.Plan = fromPlan ? bench.Recording.Plan : null;
        string line = bench.Line();
        Assert.That(line, Does.Not.Contain("cAnArY").And.Not.Contain("7f3e9b"));
        Assert.That(line, Does.Not.Contain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Canary))[..20]));
        Assert.That(line, Does.Not.Contain(Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(Canary))));
        Assert.DoesNotThrow(() => JsonDocument.Parse(line));
    }

    [Test]
    public void Without_scrubbing_the_echoes_stay_and_only_the_marked_places_are_hidden()
    {
        EncodingBench bench = WithCanaries();
        bench.Options.Redaction.ScrubEchoes = false;
        JsonElement line = bench.Json();
        Assert.That(line.GetProperty("request").GetProperty("body").GetProperty("password").GetString(), Is.EqualTo("[REDACTED]"));
        Assert.That(line.GetProperty("errors")[0].GetProperty("message").GetString(), Does.Contain(Canary));
    }

    [TestCase("Authorization", "Bearer abc.def.ghi")]
    [TestCase("Proxy-Authorization", "Basic dXNlcjpodW50ZXIyLWxvbmc=")]
    [TestCase("Cookie", "sid=s3cr3t-value; theme=dark")]
    [TestCase("X-Api-Key", "k-123456")]
    [TestCase("X-Auth-Token", "k-123456")]
    public void Some_headers_never_show_their_values(string name, string value)
    {
        var bench = new EncodingBench();
        bench.Recording.RequestHeaders.Add(EncodingBench.Value(name, value));
        bench.Recording.ResponseHeaders.Add(EncodingBench.Value(name, value, value));
        JsonElement line = bench.Json();
        Assert.That(line.GetProperty("request").GetProperty("headers").GetProperty(name).GetString(), Is.EqualTo("[REDACTED]"));
        Assert.That(line.GetProperty("response").GetProperty("headers").GetProperty(name).ToString(), Is.EqualTo("""["[REDACTED]","[REDACTED]"]"""));
    }

    [Test]
    public void The_parts_of_a_hidden_header_are_secrets_of_their_own()
    {
        var bench = new EncodingBench();
        bench.Recording.RequestHeaders.Add(EncodingBench.Value("Authorization", "Basic " + Convert.ToBase64String("ann:hunter2-long"u8)));
        bench.Recording.RequestHeaders.Add(EncodingBench.Value("Cookie", "sid=s3cr3t-value; theme=dark"));
        bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = "tried hunter2-long and s3cr3t-value" });
        Assert.That(bench.Json().GetProperty("timeline")[1].GetProperty("detail").GetString(), Is.EqualTo("tried [REDACTED] and [REDACTED]"));
    }

    [TestCase("authorization", "Bearer tok-4711", "tok-4711")]
    [TestCase("x-api-key", "k-123456", "k-123456")]
    [TestCase("cookie", "theme=dark; sid=0123456789abcdef", "0123456789abcdef")]
    public void A_secret_header_that_is_not_listed_is_never_written_and_its_value_is_hidden_elsewhere(string name, string value, string secret)
    {
        var bench = new EncodingBench();
        bench.Recording.UnlistedHeaders.Add(EncodingBench.Value(name, value));
        bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = $"tried {secret} in the dark" });
        JsonElement line = bench.Json();
        Assert.That(line.GetProperty("timeline")[1].GetProperty("detail").GetString(), Is.EqualTo("tried [REDACTED] in the dark"));
        Assert.That(line.GetProperty("request").GetProperty("headers").TryGetProperty(name, out _), Is.False);
    }

    [Test]
    public void A_location_header_keeps_its_place_and_loses_its_token()
    {
        var bench = new EncodingBench();
        bench.Recording.ResponseHeaders.Add(EncodingBench.Value("location", "https://x/cb?state=1&access_token=abcdef#id_token=ghijkl"));
        Assert.That(
            bench.Json().GetProperty("response").GetProperty("headers").GetProperty("location").GetString(),
            Is.EqualTo("https://x/cb?state=1&access_token=[REDACTED]#id_token=[REDACTED]"));
    }

    [Test]
    public void Places_of_the_options_hold_for_query_parameters_and_headers()
    {
        var bench = new EncodingBench();
        foreach (string path in (string[])["query:q", "params:id", "header:x-shop"])
        {
            bench.Options.Redaction.Paths.Add(path);
        }

        bench.Recording.Path = "/orders/4711/items";
        bench.Recording.Route = "/orders/{id:int}/items";
        bench.Recording.Query.Add(EncodingBench.Value("q", "find me"));
        bench.Recording.Params.Add(EncodingBench.Value("id", "4711"));
        bench.Recording.RequestHeaders.Add(EncodingBench.Value("x-shop", "s"));
        JsonElement request = bench.Json().GetProperty("request");
        Assert.That(request.GetProperty("path").GetString(), Is.EqualTo("/orders/[REDACTED]/items"));
        Assert.That(request.GetProperty("query").ToString(), Is.EqualTo("""{"q":"[REDACTED]"}"""));
        Assert.That(request.GetProperty("params").ToString(), Is.EqualTo("""{"id":"[REDACTED]"}"""));
        Assert.That(request.GetProperty("headers").ToString(), Is.EqualTo("""{"x-shop":"[REDACTED]"}"""));
    }

    [TestCase("/a/{token}", "/a/xyz1", "/a/[REDACTED]")]
    [TestCase("a/{token?}/b", "/a/xyz1/b", "/a/[REDACTED]/b")]
    [TestCase("/a/{**token}", "/a/xyz1/b", "/a/{**token}")]
    [TestCase("/a/{x}-{token}", "/a/1-xyz1", "/a/{x}-{token}")]
    [TestCase("/a/{token}", "/base/a/xyz1", "/a/{token}")]
    [TestCase(null, "/a/xyz1", "[REDACTED]")]
    public void A_path_is_rebuilt_without_its_hidden_values(string? template, string path, string expected)
    {
        CompiledMap names = new RedactionRules(new RedactionOptions(), []).NamesOnly;
        Assert.That(RoutePath.Rebuild(path, template, [EncodingBench.Value("token", "xyz1")], names, "[REDACTED]"), Is.EqualTo(expected));
    }

    [Test]
    public void A_path_without_hidden_values_stays_as_it_was()
    {
        CompiledMap names = new RedactionRules(new RedactionOptions(), []).NamesOnly;
        Assert.That(RoutePath.Rebuild("/A/1/", "/a/{id}", [EncodingBench.Value("id", "1")], names, "[REDACTED]"), Is.EqualTo("/A/1/"));
    }

    [Test]
    public void A_short_secret_hides_equal_parameters_and_row_values_but_no_other_text()
    {
        var bench = new EncodingBench();
        RedactionMap map = EncodingBench.Map(MemberRule.Hidden("Cvv", RedactMode.Mask));
        bench.Append(new MutationEntry { Source = "efcore", Operation = "insert", Map = map, Key = [new("id", 123)], After = [[new("Cvv", "123"), new("copy", 123), new("other", 1234)]] });
        bench.Append(new MutationEntry { Source = "efcore", Operation = "insert", Map = map, After = [[new("qty", 123)]] });
        bench.Append(new TimelineEntry { Type = TimelineTypes.Command, Detail = "123 rows", Parameters = [new("@p0", "123"), new("@p1", 1234)] });
        JsonElement line = bench.Json();
        JsonElement first = line.GetProperty("mutations")[0];
        Assert.That(first.GetProperty("after").ToString(), Is.EqualTo("""{"Cvv":"[REDACTED]","copy":"[REDACTED]","other":1234}"""));
        Assert.That(first.GetProperty("key").ToString(), Is.EqualTo("""{"id":123}"""));
        Assert.That(line.GetProperty("mutations")[1].GetProperty("after").ToString(), Is.EqualTo("""{"qty":123}"""));
        Assert.That(line.GetProperty("timeline")[3].GetProperty("parameters").ToString(), Is.EqualTo("""{"@p0":"[REDACTED]","@p1":1234}"""));
        Assert.That(line.GetProperty("timeline")[3].GetProperty("detail").GetString(), Is.EqualTo("123 rows"));
    }

    [Test]
    public void Rows_follow_their_map_and_an_unknown_type_fails_closed()
    {
        RedactionMap known = EncodingBench.Map(MemberRule.Hidden("Email", RedactMode.Last4), MemberRule.Hidden("Note", RedactMode.Remove), MemberRule.Shown("Token"));
        var bench = new EncodingBench();
        bench.Append(new MutationEntry
        {
            Source = "efcore",
            Operation = "update",
            Map = known,
            After = [[new("email", "ann.example@example.org"), new("note", "n"), new("token", "page-2"), new("password_hash", "x"), new("doc", new JsonFragment("""{"pin":1, "a":2}"""u8.ToArray()))]],
        });
        Assert.That(bench.Json().GetProperty("mutations")[0].GetProperty("after").GetRawText(), Is.EqualTo(
            """{"email":"****.org","token":"page-2","password_hash":"[REDACTED]","doc":{"pin":"[REDACTED]","a":2}}"""));
    }

    [Test]
    public void SQL_parameters_and_literals_hide_by_their_names()
    {
        var bench = new EncodingBench();
        bench.Append(new TimelineEntry
        {
            Type = TimelineTypes.Query,
            Sql = "SELECT * FROM users WHERE \"Password\" = 'hunter2' AND token = @__token_0 AND name = 'joe'",
            Parameters = [new("@__token_0", "abcdefgh"), new("@__dto_Password_1", "pw12345"), new("@name", "joe")],
        });
        JsonElement entry = bench.Json().GetProperty("timeline")[1];
        Assert.That(entry.GetProperty("sql").GetString(), Is.EqualTo("SELECT * FROM users WHERE \"Password\" = '[REDACTED]' AND token = @__token_0 AND name = 'joe'"));
        Assert.That(entry.GetProperty("parameters").ToString(), Is.EqualTo("""{"@__token_0":"[REDACTED]","@__dto_Password_1":"[REDACTED]","@name":"joe"}"""));
    }

    [Test]
    public void A_mark_named_like_a_secret_hides_its_detail()
    {
        var bench = new EncodingBench();
        bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = "password", Data = "hunter2-long" });
        Assert.That(bench.Json().GetProperty("timeline")[1].GetProperty("data").GetString(), Is.EqualTo("[REDACTED]"));
    }

    [Test]
    public void Names_added_while_running_take_effect()
    {
        EncodingBench bench = new EncodingBench().Request("application/json", """{"nick":"joe"}""");
        Assert.That(bench.Line(), Does.Contain("joe"));
        bench.Options.Redaction.Names.Add("nick");
        Assert.That(bench.Line(), Does.Not.Contain("joe"));
    }

    [Test]
    public void A_failing_redaction_costs_its_part_only()
    {
        EncodingBench bench = new EncodingBench().Request("application/json", """{"broken":1}""").Response("application/json", """{"ok":true}""");
        bench.Recording.RequestBody.Map = BrokenMap.Make();
        int failed = 0;
        bench.Encoder.PartFailed = _ => failed++;
        JsonElement line = bench.Json();
        Assert.That(failed, Is.EqualTo(1));
        Assert.That(line.GetProperty("request").GetProperty("bodyState").GetString(), Is.EqualTo("unparsed"));
        Assert.That(line.GetProperty("response").GetProperty("body").ToString(), Is.EqualTo("""{"ok":true}"""));
        Assert.That(line.GetProperty("gaps").ToString(), Does.Contain("request.body").And.Contain("redaction failed"));
    }

    [Test]
    public void A_failing_row_costs_the_mutations_and_every_text()
    {
        EncodingBench bench = new EncodingBench().Request("application/json", """{"n":1,"t":"text"}""");
        bench.Append(new MutationEntry { Source = "efcore", Operation = "insert", Map = BrokenMap.Make(), After = [[new("a", "unjudged")]] });
        JsonElement line = bench.Json();
        Assert.That(line.TryGetProperty("mutations", out _), Is.False);
        Assert.That(line.GetProperty("request").GetProperty("body").ToString(), Is.EqualTo("""{"n":1,"t":"[REDACTED]"}"""));
        Assert.That(line.ToString(), Does.Not.Contain("unjudged"));
    }

    [Test]
    public void A_failing_row_costs_every_text_where_echoes_are_not_scrubbed_too()
    {
        const string Jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
        var bench = new EncodingBench();
        bench.Options.Redaction.ScrubEchoes = false;
        bench.Append(new MutationEntry { Source = "efcore", Operation = "insert", Map = BrokenMap.Make(), After = [[new("a", 1)]] });
        bench.Append(new TimelineEntry { Type = "log", Detail = "got " + Jwt });
        bench.Append(new InvalidOperationException("no user for " + Jwt));
        string line = bench.Line();
        Assert.That(line, Does.Not.Contain(Jwt).And.Contain("redaction failed"));
    }

    [Test]
    public void Thousands_of_hidden_values_are_no_reason_to_mask_texts_where_echoes_are_not_scrubbed()
    {
        string values = string.Join(',', Enumerable.Range(0, 3000).Select(i => $"\"value-{i}\""));
        EncodingBench bench = new EncodingBench().Request("application/json", $$"""{"token":[{{values}}],"note":"harmless"}""");
        bench.Options.Redaction.ScrubEchoes = false;
        bench.Append(new TimelineEntry { Type = "log", Detail = "card 4111 1111 1111 1111 of Ada" });
        JsonElement line = bench.Json();
        Assert.That(line.GetProperty("request").GetProperty("body").ToString(), Is.EqualTo("""{"token":"[REDACTED]","note":"harmless"}"""));
        Assert.That(line.GetProperty("timeline")[1].GetProperty("detail").GetString(), Is.EqualTo("card [REDACTED] of Ada"));
        Assert.That(line.GetProperty("gaps").GetArrayLength(), Is.Zero);
    }

    [Test]
    public void A_line_on_its_way_to_the_store_costs_hardly_any_memory()
    {
        EncodingBench bench = new EncodingBench().Request("application/json", """{"password":"hunter2-long","n":[1,2,3]}""").Response("application/json", """{"echo":"hunter2-long"}""");
        bench.Recording.Query.Add(EncodingBench.Value("page", "2"));
        bench.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = "SELECT 1", Parameters = [new("@p0", 5)] });
        bench.Recording.Close();
        var queue = new RecordingQueue(bench.Options, new MemoryStore(1), bench.Recording.Recorder.Counters, bench.Recording.Recorder.Guard);
        for (int i = 0; i < 100; i++)
        {
            bench.Encoder.EncodeInto(queue, bench.Recording, i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            bench.Encoder.EncodeInto(queue, bench.Recording, i);
        }

        // Beside the list of lines, which doubles once.
        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / 100, Is.LessThanOrEqualTo(96));
    }

    [Test]
    public void Lines_made_in_parallel_do_not_mix()
    {
        var bench = new EncodingBench();
        Parallel.For(0, 400, i =>
        {
            EncodingBench other = new EncodingBench().Request("application/json", $$"""{"password":"secret-{{i}}-x","n":"echo secret-{{i}}-x of {{i}}"}""");
            other.Recording.Close();
            EncodedRecording encoded = bench.Encoder.Encode(other.Recording, i + 1);
            string line = System.Text.Encoding.UTF8.GetString(encoded.Line.Span);
            Assert.That(line, Does.Contain($$"""{"password":"[REDACTED]","n":"echo [REDACTED] of {{i}}"}"""));
        });
    }

    private static EncodingBench WithCanaries()
    {
        string json = JsonSerializer.Serialize(Canary);
        string base64 = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("x" + Canary));
        string hex = Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(Canary));
        var bench = new EncodingBench();
        ActiveRecording recording = bench.Recording;
        bench.Request("application/json", $$"""{"password":{{json}},"copy":{{json}},"{{Canary}}":1,"inner":"{\"p\":{{json.Replace("\"", "\\\"", StringComparison.Ordinal)}}}"}""");
        bench.Response("text/plain", "you sent " + Canary);
        recording.Path = "/reset/" + Uri.EscapeDataString(Canary);
        recording.RequestId = Canary;
        recording.Actor = new RequestActor(Canary, Canary) { Email = Canary };
        recording.Query.Add(EncodingBench.Value("q", Canary, Uri.EscapeDataString(Canary)));
        recording.Query.Add(EncodingBench.Value("access_token", Canary));
        recording.Params.Add(EncodingBench.Value("rest", Canary));
        recording.RequestHeaders.Add(EncodingBench.Value("referer", "https://x/?q=" + Uri.EscapeDataString(Canary)));
        recording.RequestHeaders.Add(EncodingBench.Value("cookie", "sid=" + Canary));
        recording.ResponseHeaders.Add(EncodingBench.Value("x-" + Canary, Canary));
        bench.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = $"SELECT '{Canary}'", Parameters = [new("p", Canary), new("b", base64)], Error = "near " + Canary });
        bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = Canary, Data = JsonFragment.OfItems(new[] { Canary, hex }) });
        bench.Append(new MutationEntry
        {
            Source = "manual",
            Model = Canary,
            Operation = "update",
            Where = $"x = '{Canary}'",
            Key = [new("k", Canary)],
            Map = EncodingBench.Map(),
            Before = [[new("a", Canary), new(Canary, 1)]],
            After = [[new("a", hex)]],
            Changed = [Canary],
        });
        bench.Append(new InvalidOperationException("bad " + Canary, new ArgumentException("deep " + base64)));
        recording.Append(recording.Generation, new GapEntry("x", "because " + Canary));
        return bench;
    }
}
