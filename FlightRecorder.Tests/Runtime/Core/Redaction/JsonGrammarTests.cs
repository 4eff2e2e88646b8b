using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>The redactor's grammar against the platform's reader.</summary>
public class JsonGrammarTests
{
    private const string Sample = "{\"a\":[1,-0.5e+3,\"x\\n\\u00e9\\\\\",true],\"bü\":{\"c\":null,\"d\":[]},\"e\":false, \"f\" : \"long enough for one vector and more\"}\n";

    private const string Damage = "{}[]\",:\\ue0-+.1 tfn\u0001x";

    private static readonly JsonDocumentOptions SameDepth = new() { MaxDepth = JsonRedactor.MaxDepth };

    [Test]
    public void Random_documents_are_valid_and_mean_the_same_afterwards()
    {
        var random = new Random(20260102);
        var redacting = new Redacting();
        for (int i = 0; i < 5000; i++)
        {
            string json = Document(random, 0);
            string output = redacting.Run(json);
            Assert.That(output, Is.Not.EqualTo("(invalid)"), json);
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(output)), Is.True, json + "\n" + output);
        }
    }

    [Test]
    public void Random_damage_is_judged_as_the_platform_judges_it()
    {
        var random = new Random(7);
        var redacting = new Redacting();
        for (int i = 0; i < 20_000; i++)
        {
            byte[] json = Encoding.UTF8.GetBytes(Document(random, 0));
            for (int damage = random.Next(1, 3); damage > 0; damage--)
            {
                json[random.Next(json.Length)] = (byte)Damage[random.Next(Damage.Length)];
            }

            AssertSameVerdict(redacting, json);
        }
    }

    [Test]
    public void Every_prefix_is_judged_alike()
    {
        byte[] sample = Encoding.UTF8.GetBytes(Sample);
        var redacting = new Redacting();
        for (int length = 0; length <= sample.Length; length++)
        {
            AssertSameVerdict(redacting, sample[..length]);
        }
    }

    [Test]
    public void Every_changed_byte_is_judged_alike()
    {
        byte[] sample = Encoding.UTF8.GetBytes(Sample);
        var redacting = new Redacting();
        for (int at = 0; at < sample.Length; at++)
        {
            byte kept = sample[at];
            for (int value = 0; value < 256; value++)
            {
                sample[at] = (byte)value;
                AssertSameVerdict(redacting, sample);
            }

            sample[at] = kept;
        }
    }

    [Test]
    public void What_ends_a_string_is_found_however_far_off([Range(0, 300, 7)] int length, [Values("\"", "\n", "\u0001", "\\x", "\\n\"", "\u2028\"", "\u20ac\"")] string end)
    {
        foreach (string filling in (string[])["a", "\u00e9"])
        {
            AssertSameVerdict(new Redacting(), Encoding.UTF8.GetBytes("\"" + string.Concat(Enumerable.Repeat(filling, length)) + end));
        }
    }

    [Test]
    public void Long_strings_are_judged_as_the_platform_judges_them_and_mean_the_same_afterwards()
    {
        var random = new Random(3);
        var redacting = new Redacting();
        for (int i = 0; i < 10_000; i++)
        {
            byte[] json = Encoding.UTF8.GetBytes($"{{\"{LongText(random, 60)}\":[\"{LongText(random, 700)}\",{{\"password\":\"{LongText(random, 300)}\"}}],\"b\":\"{LongText(random, 300)}\"}}");
            if (random.Next(2) == 0)
            {
                json[random.Next(json.Length)] = (byte)random.Next(256);
                AssertSameVerdict(redacting, json);
                continue;
            }

            JsonNode whole = JsonNode.Parse(json)!;
            whole.AsObject().First().Value![1]!["password"] = "[REDACTED]";
            string output = redacting.Run(json);
            Assert.That(output, Is.Not.EqualTo("(invalid)"));
            Assert.That(JsonNode.DeepEquals(whole, JsonNode.Parse(output)), Is.True, Encoding.UTF8.GetString(json) + "\n" + output);
            Assert.That(output, Does.StartWith(redacting.Run(json.AsSpan(0, random.Next(json.Length)), mayBeCut: true)));
        }
    }

    [Test]
    public void Every_prefix_of_a_valid_document_is_written_as_far_as_it_goes()
    {
        byte[] sample = Encoding.UTF8.GetBytes(Sample);
        var redacting = new Redacting();
        string whole = redacting.Run(sample);
        for (int length = 0; length < sample.Length; length++)
        {
            string output = redacting.Run(sample.AsSpan(0, length), mayBeCut: true);
            Assert.That(whole, Does.StartWith(output), length.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void AssertSameVerdict(Redacting redacting, byte[] json)
    {
        bool ours = redacting.Pass(json) == JsonPass.Complete;
        if (ours != IsValid(json))
        {
            Assert.Fail($"Ours {ours}: {Encoding.UTF8.GetString(json)}");
        }
    }

    private static bool IsValid(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, SameDepth);
            return System.Text.Unicode.Utf8.IsValid(json);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Document(Random random, int depth) => Space(random) + random.Next(depth > 5 ? 5 : 8) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-1000, 1000).ToString(CultureInfo.InvariantCulture),
        3 => (random.NextDouble() * 1e6).ToString("R", CultureInfo.InvariantCulture) + (random.Next(3) == 0 ? "E-" + random.Next(9) : ""),
        4 => Text(random),
        5 or 6 => "{" + string.Join(",", Enumerable.Range(0, random.Next(5)).Select(i => Space(random) + "\"m" + i + Text(random)[1..] + Space(random) + ":" + Document(random, depth + 1))) + Space(random) + "}",
        _ => "[" + string.Join(",", Enumerable.Range(0, random.Next(5)).Select(_ => Document(random, depth + 1))) + Space(random) + "]",
    } + Space(random);

    private static string Text(Random random)
    {
        var text = new StringBuilder("\"");
        for (int i = random.Next(40); i > 0; i--)
        {
            text.Append(random.Next(14) switch
            {
                0 => "\\n",
                1 => "\\u00e9",
                2 => "\\\"",
                3 => "é",
                4 => "\u2028",
                5 => "😀",
                6 => "\\ud83d\\ude00",
                _ => ((char)random.Next('a', 'z')).ToString(),
            });
        }

        return text.Append('"').ToString();
    }

    // Stretches of one kind, so that blocks of all widths come with and without stops.
    private static string LongText(Random random, int limit)
    {
        var text = new StringBuilder();
        int length = random.Next(limit);
        while (text.Length < length)
        {
            text.Append(random.Next(random.Next(2) == 0 ? 9 : 3) switch
            {
                0 or 1 or 2 => new string((char)random.Next('a', 'z'), random.Next(300)),
                3 => string.Concat(Enumerable.Repeat("é", random.Next(60))),
                4 => "\\u2028\\n",
                5 => "\u2028",
                6 => "“",
                7 => "\\\"",
                _ => "😀",
            });
        }

        return text.ToString();
    }

    private static string Space(Random random) => random.Next(4) == 0 ? " \n\t\r"[..random.Next(5)] : "";
}
