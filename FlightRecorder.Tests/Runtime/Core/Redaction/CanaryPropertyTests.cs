using System.Text.Json;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Core.JournalLines;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>A random secret, hidden in one place, written elsewhere in random places and forms: it is nowhere in the line.</summary>
public class CanaryPropertyTests
{
    private const int Seeds = 6000;

    // Where the value is marked. The second ones carry tokens only.
    private static readonly Action<EncodingBench, string>[] Sources =
    [
        (bench, text) => bench.Request("application/json", $$"""{"a":[{"new_Password":{{JsonSerializer.Serialize(text)}}}]}"""),
        (bench, text) => bench.Request("application/json", $$"""{"x":{{JsonSerializer.Serialize(new { list = new[] { text } })}}}""", EncodingBench.Map(MemberRule.Hidden("X", RedactMode.Remove))),
        (bench, text) => bench.Request("application/x-www-form-urlencoded", "a=1&user%5Bpassword%5D=" + Uri.EscapeDataString(text)),
        (bench, text) => bench.Recording.Query.Add(EncodingBench.Value("access_token", "other", text)),
        (bench, text) => bench.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = "SELECT @p0", Parameters = [new("@__password_0", text)] }),
        (bench, text) => bench.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = "INSERT INTO u (a, password) VALUES (1, '" + text.Replace("'", "''", StringComparison.Ordinal) + "')" }),
        (bench, text) => bench.Append(new MutationEntry { Source = "efcore", Operation = "update", Map = EncodingBench.Map(MemberRule.Hidden("Name", RedactMode.Mask)), Before = [[new("Name", text)]] }),
        (bench, text) => bench.Append(new TimelineEntry { Type = TimelineTypes.Mark, Detail = "password", Data = text }),
        (bench, text) => bench.Recording.Actor = new RequestActor("u") { Extra = new Dictionary<string, string> { ["session_token"] = text } },
    ];

    private static readonly Action<EncodingBench, string>[] TokenSources =
    [
        (bench, text) => bench.Recording.RequestHeaders.Add(EncodingBench.Value("Authorization", "Bearer " + text)),
        (bench, text) => bench.Recording.RequestHeaders.Add(EncodingBench.Value("Cookie", $"theme=dark; sid={text}")),
        (bench, text) => bench.Recording.ResponseHeaders.Add(EncodingBench.Value("Set-Cookie", $"sid={text}; HttpOnly")),
        (bench, text) => bench.Append(new InvalidOperationException($"login failed, password={text}, try again")),
        (bench, text) =>
        {
            bench.Recording.Params.Add(EncodingBench.Value("token", text));
            (bench.Recording.Route, bench.Recording.Path) = ("/reset/{token}", "/reset/" + text);
        },
    ];

    [Test]
    public void A_canary_is_nowhere_in_the_line([Range(0, 5)] int part)
    {
        string[] places = [.. TextPlaces.All.Keys];
        for (int seed = part * Seeds / 6; seed < (part + 1) * Seeds / 6; seed++)
        {
            AssertGone(seed, places);
        }
    }

    [Test]
    public void The_search_finds_every_form()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            Canary canary = Canary.Make(random, tokenOnly: false);
            foreach (string form in Canary.Forms)
            {
                Assert.That(canary.IsIn("x " + canary.As(form) + " y"), Is.True, form + ": " + canary.Text);
            }
        }
    }

    private static void AssertGone(int seed, string[] places)
    {
        var random = new Random(seed);
        bool tokenOnly = random.Next(3) == 0;
        Canary canary = Canary.Make(random, tokenOnly);
        Action<EncodingBench, string>[] sources = tokenOnly ? TokenSources : Sources;
        var bench = new EncodingBench();
        sources[random.Next(sources.Length)](bench, canary.Text);
        var tried = new List<string>();
        for (int echoes = random.Next(1, 4); echoes > 0; echoes--)
        {
            string place = places[random.Next(places.Length)];
            string form = Canary.Forms[random.Next(Canary.Forms.Length)];
            tried.Add(form + " in " + place);
            TextPlaces.All[place](bench, Padding(random) + canary.As(form) + Padding(random));
        }

        string line = bench.Line();
        foreach (string leaf in Leaves(JsonDocument.Parse(line).RootElement))
        {
            Assert.That(canary.IsIn(leaf), Is.False, $"seed {seed}: \"{canary.Text}\", {string.Join(", ", tried)}\n{leaf}\n{line}");
        }
    }

    private static string Padding(Random random) => random.Next(3) switch { 0 => "", 1 => " ", _ => "\"" };

    private static IEnumerable<string> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Leaves(member.Value).Append(member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.String => [element.GetString()!],
        _ => [element.GetRawText()],
    };
}
