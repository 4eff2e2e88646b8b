using System.Text.Json;

namespace FlightRecorder.Tests.Core.JournalLines;

public class RandomLineTests
{
    private const string Awkward = "%&+\\\"'=:;{}[]<>\n\r\u2028\u0000\ud800\udc00u00e9";

    private static readonly string[] Types = ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/html; charset=utf-8", "x"];

    [Test]
    public void Whatever_the_texts_are_the_line_is_one_line_of_JSON()
    {
        var random = new Random(11);
        for (int i = 0; i < 1500; i++)
        {
            var bench = new EncodingBench();
            ActiveRecording recording = bench.Recording;
            recording.Path = Text(random);
            recording.RequestId = Text(random);
            recording.Query.Add(EncodingBench.Value(Text(random), Text(random), Text(random)));
            recording.Params.Add(EncodingBench.Value("token", Text(random)));
            recording.ResponseHeaders.Add(EncodingBench.Value(Text(random), "=" + Text(random)));
            bench.Request(Types[random.Next(Types.Length)], Body(random), limit: random.Next(3) == 0 ? 20 : 1000);
            bench.Response(Types[random.Next(Types.Length)], Body(random));
            bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = Text(random), Sql = "password = '" + Text(random), Data = Text(random) });
            bench.Append(new MutationEntry { Source = "manual", Operation = Text(random), After = [[new(Text(random), Text(random)), new("pin", random.Next(5000))]] });
            bench.Append(new InvalidOperationException("token=" + Text(random)));
            string line = bench.Line();
            Assert.That(line.AsSpan().IndexOfAny("\n\r\u2028\u2029"), Is.Negative);
            using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 300 });
            Assert.That(document.RootElement.GetProperty("gaps").ToString(), Does.Not.Contain("failed"));
        }
    }

    [Test]
    public void A_secret_that_was_hidden_once_is_found_in_any_surrounding_and_encoding()
    {
        var random = new Random(13);
        for (int i = 0; i < 1500; i++)
        {
            string secret = new([.. Enumerable.Range(0, random.Next(12, 40)).Select(_ => (char)random.Next('!', '~'))]);
            secret = "k" + secret + "z";
            string echo = Encoded(secret, random.Next(7));
            var bench = new EncodingBench();
            bench.Request("application/json", JsonSerializer.Serialize(new Dictionary<string, string> { ["password"] = secret, ["note"] = "a " + echo + " b" }));
            bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = "(" + echo + ")" });
            JsonElement line = bench.Json();
            Assert.That(line.GetProperty("timeline")[1].GetProperty("detail").GetString(), Is.EqualTo("([REDACTED])"), secret + "\n" + echo);
            Assert.That(line.GetProperty("request").GetProperty("body").GetProperty("note").GetString(), Is.EqualTo("a [REDACTED] b"), secret + "\n" + echo);
        }
    }

    private static string Encoded(string secret, int how) => how switch
    {
        0 => secret,
        1 => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)).TrimEnd('='),
        2 => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(secret)),
        3 => string.Concat(secret.Select(c => "%" + ((int)c).ToString("x2"))),
        4 => string.Concat(secret.Select(c => "\\u" + ((int)c).ToString("X4"))),
        5 => string.Concat(secret.Select(c => "&#" + (int)c + ";")),
        _ => Convert.ToBase64String(System.Text.Encoding.Unicode.GetBytes(secret)).TrimEnd('='),
    };

    private static string Body(Random random) => random.Next(4) switch
    {
        0 => "{\"password\":" + JsonSerializer.Serialize(Text(random)) + ",\"n\":[1," + JsonSerializer.Serialize(Text(random)) + "]}",
        1 => "a=" + Uri.EscapeDataString(Text(random)) + "&password=" + Text(random) + "&a=2",
        2 => "--b\r\nContent-Disposition: form-data; name=\"" + Text(random) + "\"\r\n\r\n" + Text(random) + "\r\n--b--",
        _ => Text(random),
    };

    private static string Text(Random random)
        => new([.. Enumerable.Range(0, random.Next(30)).Select(_ => random.Next(3) switch
        {
            0 => (char)random.Next(0x10000),
            1 => Awkward[random.Next(Awkward.Length)],
            _ => (char)random.Next(' ', '~'),
        })]);
}
