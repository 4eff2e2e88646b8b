using System.Text.Json;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.Core.JournalLines;

public class BodyTests
{
    [TestCase("application/json", "{\"a\":", "unparsed")]
    [TestCase("application/json", "password=hunter2", "unparsed")]
    [TestCase("application/json; charset=utf-16", "{}", "unparsed")]
    [TestCase("text/plain; charset=iso-8859-1", "x", "unparsed")]
    [TestCase("text/plain", "{\"password\":", "unparsed")]
    [TestCase("text/xml", "<a/>", "skipped")]
    [TestCase("application/octet-stream", "xyz", "skipped")]
    [TestCase(null, "xyz", "skipped")]
    [TestCase("multipart/form-data; boundary=x", "no parts", "unparsed")]
    public void What_cannot_be_parsed_for_redaction_is_not_stored(string? type, string text, string state)
    {
        var bench = new EncodingBench();
        EncodingBench.Fill(bench.Recording.RequestBody, type!, text, EncodingBench.Map());
        JsonElement request = bench.Json().GetProperty("request");
        Assert.That(request.GetProperty("bodyState").GetString(), Is.EqualTo(state));
        Assert.That(request.GetProperty("bodyKind").GetString(), Is.EqualTo("none"));
        Assert.That(request.TryGetProperty("body", out _), Is.False);
        Assert.That(request.GetProperty("bodyBytes").GetInt32(), Is.EqualTo(text.Length));
    }

    [Test]
    public void UTF_16_bytes_are_not_stored()
    {
        var bench = new EncodingBench();
        EncodingBench.Fill(bench.Recording.RequestBody, "application/json", System.Text.Encoding.Unicode.GetBytes("""{"password":"hunter2"}"""));
        Assert.That(bench.Json().GetProperty("request").GetProperty("bodyState").GetString(), Is.EqualTo("unparsed"));
    }

    [TestCase("application/json")]
    [TestCase("application/problem+json; charset=\"utf-8\"")]
    [TestCase("text/json")]
    [TestCase("text/plain")]
    public void JSON_is_embedded_whatever_it_is_called(string type)
        => Assert.That(Body(new EncodingBench().Request(type, "\uFEFF{ \"password\" : \"x\" }")), Is.EqualTo("""{"password":"[REDACTED]"}"""));

    [Test]
    public void A_truncated_body_is_a_string_without_its_cut_token()
    {
        JsonElement request = new EncodingBench().Request("application/json", """{"note":"hello","password":"hunter2-very-long","x":1}""", limit: 35).Json().GetProperty("request");
        Assert.That(request.GetProperty("bodyState").GetString(), Is.EqualTo("truncated"));
        Assert.That(request.GetProperty("body").GetString(), Is.EqualTo("""{"note":"hello","password":"[REDACTED]" """.TrimEnd()));
        Assert.That(request.GetProperty("bodyBytes").GetInt32(), Is.EqualTo(53));
    }

    [Test]
    public void A_secret_cut_in_the_body_is_hidden_whole_where_it_stands_whole()
    {
        EncodingBench bench = new EncodingBench().Request("application/json", """{"password":"hunter2-very-long"}""", limit: 21);
        bench.Append(new InvalidOperationException("no user with 'hunter2-very-long'."));
        Assert.That(bench.Json().GetProperty("errors")[0].GetProperty("message").GetString(), Is.EqualTo("no user with '[REDACTED]'."));
    }

    [Test]
    public void No_cut_shows_half_a_secret()
    {
        const string Json = """{"note":"n","deep":{"password":"hunter2-very-long"},"card":["4111111111111111"]}""";
        RedactionMap map = EncodingBench.Map(MemberRule.Hidden("Card", RedactMode.Last4));
        for (int limit = 1; limit < Json.Length; limit++)
        {
            Assert.That(new EncodingBench().Request("application/json", Json, map, limit).Json().GetProperty("request").ToString(), Does.Not.Contain("hun").And.Not.Contain("411"));
        }
    }

    [TestCase("say correct horse battery staple and on")]
    [TestCase("say%20correct horse%20battery%20staple and on")]
    [TestCase("say \\u0063orrect horse b\\u0061ttery staple and on")]
    [TestCase("say c&#111;rrect horse &#x62;attery staple and on")]
    [TestCase("say correct\\u0020horse battery staple and on")]
    [TestCase("say correct%2520horse battery staple and on")]
    [TestCase("say correct+horse battery+staple and on")]
    public void No_cut_shows_the_first_words_of_a_secret_with_spaces(string text)
    {
        for (int limit = 1; limit < text.Length; limit++)
        {
            EncodingBench bench = new EncodingBench().Response("application/json", """{"password":"correct horse battery staple"}""").Request("text/plain", text, limit: limit);
            string shown = bench.Json().GetProperty("request").GetProperty("body").GetString()!;
            Assert.That(shown, Does.Not.Match("orrect|orse|ttery|taple"), $"cut after {limit}");
        }
    }

    [Test]
    public void A_cut_text_beside_a_secret_with_spaces_keeps_its_other_words()
    {
        EncodingBench bench = new EncodingBench().Response("application/json", """{"password":"correct horse battery staple"}""").Request("text/plain", "a corrector of horse sense 100% sure", limit: 30);
        Assert.That(Body(bench), Is.EqualTo("\"a corrector of horse sense \""));
    }

    [Test]
    public void A_partial_body_that_is_whole_is_embedded()
    {
        EncodingBench bench = new EncodingBench().Request("application/json", """{"a":1}""");
        bench.Recording.RequestBody.State = BodyState.Partial;
        JsonElement request = bench.Json().GetProperty("request");
        Assert.That(request.GetProperty("body").ToString(), Is.EqualTo("""{"a":1}"""));
        Assert.That(request.GetProperty("bodyState").GetString(), Is.EqualTo("partial"));
    }

    [TestCase(BodyState.Unread, "unread")]
    [TestCase(BodyState.Skipped, "skipped")]
    public void A_body_that_was_not_captured_says_why(BodyState state, string word)
    {
        var bench = new EncodingBench();
        bench.Recording.RequestBody.State = state;
        bench.Recording.RequestBody.DeclaredBytes = 77;
        JsonElement request = bench.Json().GetProperty("request");
        Assert.That(request.GetProperty("bodyState").GetString(), Is.EqualTo(word));
        Assert.That(request.GetProperty("bodyBytes").GetInt32(), Is.EqualTo(77));
    }

    [Test]
    public void A_form_becomes_an_object()
        => Assert.That(
            Body(new EncodingBench().Request("application/x-www-form-urlencoded", "a=1&b=x+y%21&a=2&password=hunter2&user.pin=12&user%5Btoken%5D=t&empty=&flag&c%20d=%E2%82%AC")),
            Is.EqualTo("""{"a":["1","2"],"b":"x y!","password":"[REDACTED]","user.pin":"[REDACTED]","user[token]":"[REDACTED]","empty":"","flag":"","c d":"€"}"""));

    [Test]
    public void A_form_follows_the_maps_of_its_parameters_and_its_type()
    {
        var bench = new EncodingBench();
        bench.Recording.Plan = EncodingBench.Plan(EncodingBench.Map(MemberRule.Hidden("Voucher", RedactMode.Remove)));
        bench.Options.Redaction.Paths.Add("form:hint");
        bench.Request("application/x-www-form-urlencoded", "voucher=abc&nick=joe&hint=h&open=o", EncodingBench.Map(MemberRule.Hidden("Nick", RedactMode.Mask)));
        Assert.That(Body(bench), Is.EqualTo("""{"nick":"[REDACTED]","hint":"[REDACTED]","open":"o"}"""));
    }

    [Test]
    public void A_cut_form_loses_its_last_field()
        => Assert.That(Body(new EncodingBench().Request("application/x-www-form-urlencoded", "a=1&b=2345", limit: 8)), Is.EqualTo("""{"a":"1"}"""));

    [Test]
    public void A_cut_hidden_field_shows_only_its_mask()
        => Assert.That(Body(new EncodingBench().Request("application/x-www-form-urlencoded", "a=1&password=hunter2", limit: 16)), Is.EqualTo("""{"a":"1","password":"[REDACTED]"}"""));

    [Test]
    public void A_multipart_form_keeps_fields_and_tells_of_files()
    {
        string body = Crlf("""
            --xyz
            Content-Disposition: form-data; name="title"

            My; "file"
            --xyz
            Content-Disposition: form-data; name="password"

            hunter2
            --xyz
            Content-Disposition: form-data; name="photo"; filename="me.png"
            Content-Type: image/png

            12345
            --xyz--

            """);
        Assert.That(
            Body(new EncodingBench().Request("multipart/form-data; boundary=\"xyz\"", body)),
            Is.EqualTo("""{"title":"My; \"file\"","password":"[REDACTED]","photo":{"file":"me.png","bytes":5}}"""));
    }

    [TestCase("user=joe&password=hunter2&x=1", "user=joe&password=[REDACTED]&x=1")]
    [TestCase("Host=db;Password=hunter2;Port=1", "Host=db;Password=[REDACTED];Port=1")]
    [TestCase("api-key: abc def\nnext: line", "api-key: [REDACTED]\nnext: line")]
    [TestCase("log {\"token\": \"a\\\"b\"} end", "log {\"token\": \"[REDACTED]\"} end")]
    [TestCase("nothing = here", "nothing = here")]
    public void Text_hides_the_values_of_secret_names(string text, string expected)
        => Assert.That(Body(new EncodingBench().Request("text/plain", text)), Is.EqualTo(JsonSerializer.Serialize(expected, Relaxed)));

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Crlf(string text) => text.ReplaceLineEndings("\r\n");

    private static string Body(EncodingBench bench) => bench.Json().GetProperty("request").GetProperty("body").GetRawText();
}
