using System.Text.Json;
using FlightRecorder.Tests.Core.JournalLines;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>What is hidden by its shape, in every place of a line that holds text.</summary>
public class FreeTextTests
{
    private const string Jwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0NzExIiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDM2MDB9.5mhBHqs5_DTLdINd9p5m7ZJ6XD0Xc55kIaCRY5r6HRA";

    private static readonly string[] Shapes =
        [
            Jwt, "4111111111111111", "Server=db;Password=hunter2-long;Timeout=5", "Bearer a1b2c3d4e5f6", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----",
            """{"user":"jo","pass_word" : "hunter2-json","n":[1]}""", """answered {"login":"{\"user\":\"jo\",\"token\":\"say \\\"hunter2-deep\\\" twice\"}"} at last""", """{"secret":{"salt":"hunter2-inner"}}""",
        ];

    private static readonly string[] Secrets = [Jwt, "4111111111111111", "hunter2-long", "a1b2c3d4e5f6", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "hunter2-json", "hunter2-deep", "hunter2-inner"];

    // Names of parameters and gaps are the developer's or our own words.
    private static IEnumerable<string> PlaceNames => TextPlaces.All.Keys.Except(["the name of a SQL parameter", "a gap"]);

    [Test]
    public void A_shape_is_hidden_in([ValueSource(nameof(PlaceNames))] string place, [Values(0, 1, 2, 3, 4, 5, 6, 7)] int shape, [Values] bool scrubEchoes)
    {
        var bench = new EncodingBench();
        bench.Options.Redaction.ScrubEchoes = scrubEchoes;
        TextPlaces.All[place](bench, Shapes[shape]);
        string line = bench.Line();
        Assert.That(line, Does.Not.Contain(Secrets[shape]).And.Contain("[REDACTED]"));
        Assert.DoesNotThrow(() => JsonDocument.Parse(line));
    }

    [Test]
    public void A_card_number_as_a_number_is_hidden_too()
    {
        EncodingBench bench = new EncodingBench().Request("application/json", """{"n":4111111111111111,"t":1767323045123}""");
        bench.Append(new MutationEntry { Source = "efcore", Operation = "insert", Map = EncodingBench.Map(), After = [[new("n", 5555555555554444L), new("id", 1234567890123L)]] });
        JsonElement line = bench.Json();
        Assert.That(line.GetProperty("request").GetProperty("body").ToString(), Is.EqualTo("""{"n":"[REDACTED]","t":1767323045123}"""));
        Assert.That(line.GetProperty("mutations")[0].GetProperty("after").ToString(), Is.EqualTo("""{"n":"[REDACTED]","id":1234567890123}"""));
    }

    [TestCase("""{"payload":"{\"password\":\"x\",\"a\":1}","open":"{\"a\":1}"}""", """{"payload":"[REDACTED]","open":"{\"a\":1}"}""")]
    [TestCase("""{"payload":"{\u0022password\u0022:12}"}""", """{"payload":"[REDACTED]"}""")]
    [TestCase("""{"cast":"'password'::text","time":"at \"12\":30"}""", """{"cast":"'password'::text","time":"at \"12\":30"}""")]
    public void A_member_with_the_text_of_JSON_that_names_a_secret_is_hidden_whole(string body, string expected)
    {
        EncodingBench bench = new EncodingBench().Request("application/json", body);
        bench.Options.Redaction.ScrubEchoes = false;
        Assert.That(bench.Json().GetProperty("request").GetProperty("body").GetRawText(), Is.EqualTo(expected));
    }

    [Test]
    public void What_a_message_names_as_a_secret_is_hidden_in_the_rest_of_the_line()
    {
        EncodingBench bench = new EncodingBench().Response("application/json", """{"tried":"hunter2-long","state":"required"}""");
        bench.Append(new InvalidOperationException("login failed: password=hunter2-long, token=required"));
        JsonElement line = bench.Json();
        Assert.That(line.GetProperty("errors")[0].GetProperty("message").GetString(), Is.EqualTo("login failed: password=[REDACTED], token=[REDACTED]"));
        Assert.That(line.GetProperty("response").GetProperty("body").ToString(), Is.EqualTo("""{"tried":"[REDACTED]","state":"required"}"""));
    }

    [TestCase("Server=db;Password=my pass phrase;Timeout=5", "Server=db;Password=[REDACTED];Timeout=5")]
    [TestCase("authorization=Bearer abc", "authorization=[REDACTED]")]
    [TestCase("password=[REDACTED] and token=[REDACTED];", "password=[REDACTED] and token=[REDACTED];")]
    [TestCase("password = [REDACTED]more; x", "password = [REDACTED]; x")]
    [TestCase("""refused {"user":"jo","password":"a\"b","n":1}""", """refused {"user":"jo","password":"[REDACTED]","n":1}""")]
    [TestCase("""refused {"password":1234,"n":1}""", """refused {"password":[REDACTED],"n":1}""")]
    [TestCase("refused {'token': 'abc', 'n': 1}", "refused {'token': '[REDACTED]', 'n': 1}")]
    [TestCase("""refused {\"password\":\"a\\\"b\",\"n\":1}""", """refused {\"password\":\"[REDACTED]\",\"n\":1}""")]
    [TestCase("""refused {"password":["a","b"],"n":1}""", """refused {"password":[REDACTED]""")]
    [TestCase("""token: "abc" is no JSON, password: neither""", """token: "abc" is no JSON, password: neither""")]
    public void A_message_never_shows_half_a_secret(string message, string expected)
    {
        var bench = new EncodingBench();
        bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = message });
        Assert.That(bench.Json().GetProperty("timeline")[1].GetProperty("detail").GetString(), Is.EqualTo(expected));
    }

    [TestCase("\"" + Jwt + "\"", """{"jwt":{"alg":"HS256","lifetimeS":3600}}""")]
    [TestCase("\"Bearer " + Jwt + "\"", """{"jwt":{"alg":"HS256","lifetimeS":3600}}""")]
    [TestCase("\"eyJhbGciOiJub25lIn0.e30.\"", """{"jwt":{"alg":"none"}}""")]
    [TestCase("\"eyJhbGciOiI8c2NyaXB0PiJ9.e30.c2ln\"", """{"jwt":{}}""")]
    [TestCase("\"eyJhbGciOiJIUzI1NiJ9.e30\"", "[REDACTED]")]
    [TestCase("\"x " + Jwt + " y\"", "[REDACTED]")]
    [TestCase("\"hunter2-long\"", "[REDACTED]")]
    public void A_masked_JWT_keeps_its_harmless_facts(string value, string expected)
        => Assert.That(new EncodingBench().Request("application/json", $$"""{"token":{{value}}}""").Json().GetProperty("request").GetProperty("body").GetProperty("token").ToString(), Is.EqualTo(expected));

    [TestCase(RedactMode.Hash, "hash:")]
    [TestCase(RedactMode.Last4, "****6HRA")]
    public void Other_modes_say_of_a_JWT_what_their_names_say(RedactMode mode, string expected)
        => Assert.That(Redacting.RedactHidden("t", mode, "{\"t\":\"" + Jwt + "\"}", "0123456789abcdef"), Does.StartWith("{\"t\":\"" + expected));

    [TestCase("sid=s3cr3t-value; Path=/; HttpOnly; Secure; SameSite=Lax", """{"cookie":{"httpOnly":true,"secure":true,"sameSite":"Lax"}}""")]
    [TestCase("sid=s3cr3t-value", """{"cookie":{"httpOnly":false,"secure":false}}""")]
    [TestCase("sid=secure; samesite=STRICT;httponly", """{"cookie":{"httpOnly":true,"secure":false,"sameSite":"Strict"}}""")]
    [TestCase("sid=x; SameSite=s3cr3t-value", """{"cookie":{"httpOnly":false,"secure":false}}""")]
    public void A_masked_cookie_keeps_its_harmless_facts(string value, string expected)
    {
        var bench = new EncodingBench();
        bench.Recording.ResponseHeaders.Add(EncodingBench.Value("Set-Cookie", value));
        Assert.That(bench.Json().GetProperty("response").GetProperty("headers").GetProperty("Set-Cookie").ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void Authorization_keeps_the_facts_of_its_JWT()
    {
        var bench = new EncodingBench();
        bench.Recording.RequestHeaders.Add(EncodingBench.Value("Authorization", "Bearer " + Jwt));
        Assert.That(bench.Json().GetProperty("request").GetProperty("headers").GetProperty("Authorization").ToString(), Is.EqualTo("""{"jwt":{"alg":"HS256","lifetimeS":3600}}"""));
    }
}
