using System.Text.Json;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Core.JournalLines;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>A recording with a random secret, hidden in one place and written elsewhere in random places and forms.</summary>
internal sealed class CanaryFlight
{
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
        (bench, text) => bench.Append(new MutationEntry
        {
            Source = "efcore",
            Operation = "bulkUpdate",
            Map = EncodingBench.Map(MemberRule.Hidden("Name", RedactMode.Mask)),
            Rows = 3,
            Before = [[new("Id", 1), new("Name", "first")], [new("Id", 2), new("Name", text)], [new("Id", 3), new("Name", null)]],
            After = [[new("Id", 1), new("Name", "next")], [new("Id", 2), new("Name", "next")], [new("Id", 3), new("Name", "next")]],
        }),
        (bench, text) => bench.Append(new MutationEntry { Source = "adonet", Operation = "bulkDelete", Rows = 2, Before = [[new("id", 1), new("pass_word", "old one")], [new("id", 2), new("pass_word", text)]] }),
        (bench, text) => bench.Append(new MutationEntry { Source = "adonet", Operation = "merge", Rows = 2, After = [[new("doc", JsonFragment.OfItems(new[] { "x" }))], [new("api_key", JsonFragment.OfItems(new[] { "y", text }))]] }),
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

    private static readonly string[] s_places = [.. TextPlaces.All.Keys];

    private readonly List<string> _tried = [];
    private readonly int _seed;

    /// <summary>Fills a recording; the same for the same seed.</summary>
    public CanaryFlight(EncodingBench bench, int seed)
    {
        _seed = seed;
        var random = new Random(seed);
        bool tokenOnly = random.Next(3) == 0;
        Canary = Canary.Make(random, tokenOnly);
        Action<EncodingBench, string>[] sources = tokenOnly ? TokenSources : Sources;
        sources[random.Next(sources.Length)](bench, Canary.Text);
        for (int echoes = random.Next(1, 4); echoes > 0; echoes--)
        {
            string place = s_places[random.Next(s_places.Length)];
            string form = Canary.Forms[random.Next(Canary.Forms.Length)];
            _tried.Add(form + " in " + place);
            TextPlaces.All[place](bench, Padding(random) + Canary.As(form) + Padding(random));
        }
    }

    public Canary Canary { get; }

    /// <summary>Whether chance alone will not make the same letters elsewhere.</summary>
    public bool IsTelling => Canary.Text.Length >= 8;

    /// <summary>The canary is in no string, name or number of some JSON.</summary>
    public void AssertGone(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        foreach (string leaf in Leaves(document.RootElement))
        {
            Assert.That(Canary.IsIn(leaf), Is.False, $"{this}\n{leaf}\n{json}");
        }
    }

    /// <summary>The members of a JSON object that hold the canary, at any depth.</summary>
    public IEnumerable<string> MembersThatHold(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Where(member => Leaves(member.Value).Any(Canary.IsIn)).Select(member => member.Name)];
    }

    public override string ToString() => $"seed {_seed}: \"{Canary.Text}\", {string.Join(", ", _tried)}";

    private static string Padding(Random random) => random.Next(3) switch { 0 => "", 1 => " ", _ => "\"" };

    private static IEnumerable<string> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Leaves(member.Value).Append(member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.String => [element.GetString()!],
        _ => [element.GetRawText()],
    };
}
