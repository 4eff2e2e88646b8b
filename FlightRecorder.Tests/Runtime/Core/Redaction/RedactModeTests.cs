using System.Text.Json;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Core.JournalLines;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Every mode in every place that can have one; the replacement; single places by path.</summary>
public class RedactModeTests
{
    private const string Value = "4929-hidden-1881";
    private const string Key = "0123456789abcdef";

    private static readonly Dictionary<string, Func<EncodingBench, RedactMode, string?>> Places = new()
    {
        ["a JSON body"] = (bench, mode) => Member(bench.Request("application/json", $$"""{"x":"{{Value}}"}""", Map(mode)).Json(), "request", "body", "x"),
        ["a JSON response"] = (bench, mode) => Member(bench.Response("application/json", $$"""{"x":"{{Value}}"}""", Map(mode)).Json(), "response", "body", "x"),
        ["a form"] = (bench, mode) => Member(bench.Request("application/x-www-form-urlencoded", "x=" + Value, Map(mode)).Json(), "request", "body", "x"),
        ["the query"] = (bench, mode) =>
        {
            bench.Recording.Plan = EncodingBench.Plan(Map(mode));
            bench.Recording.Query.Add(EncodingBench.Value("x", Value));
            return Member(bench.Json(), "request", "query", "x");
        },
        ["the route values"] = (bench, mode) =>
        {
            bench.Recording.Plan = EncodingBench.Plan(Map(mode));
            bench.Recording.Params.Add(EncodingBench.Value("x", Value));
            return Member(bench.Json(), "request", "params", "x");
        },
        ["a row"] = (bench, mode) =>
        {
            bench.Append(new MutationEntry { Source = "efcore", Operation = "insert", Map = Map(mode), After = [[new("x", Value)]] });
            return Member(bench.Json().GetProperty("mutations")[0], "after", "x");
        },
    };

    private static IEnumerable<string> PlaceNames => Places.Keys;

    [Test]
    public void A_masked_value_is_the_replacement_in([ValueSource(nameof(PlaceNames))] string place)
        => Assert.That(Shown(place, RedactMode.Mask), Is.EqualTo("[REDACTED]"));

    [Test]
    public void A_removed_value_is_gone_with_its_name_from([ValueSource(nameof(PlaceNames))] string place)
        => Assert.That(Shown(place, RedactMode.Remove), Is.Null);

    [Test]
    public void A_hashed_value_is_the_same_hash_everywhere_and_so_in([ValueSource(nameof(PlaceNames))] string place)
        => Assert.That(Shown(place, RedactMode.Hash), Does.Match("^hash:[0-9a-f]{16}$").And.EqualTo(Shown("a row", RedactMode.Hash)));

    [Test]
    public void The_last_four_characters_are_shown_in([ValueSource(nameof(PlaceNames))] string place)
        => Assert.That(Shown(place, RedactMode.Last4), Is.EqualTo("****1881"));

    [Test]
    public void A_value_hidden_in_any_mode_is_masked_wherever_else_it_stands([Values] RedactMode mode)
    {
        var bench = new EncodingBench();
        bench.Options.Redaction.HashKey = Key;
        bench.Request("application/json", $$"""{"x":"{{Value}}","note":"is {{Value}}"}""", Map(mode));
        Assert.That(bench.Line(), Does.Not.Contain(Value).And.Contain("\"note\":\"is [REDACTED]\""));
    }

    [TestCase("***")]
    [TestCase("\"quoted\\\"")]
    [TestCase("<geheim & größer>")]
    [TestCase("x")]
    public void The_replacement_is_what_the_options_say(string replacement)
    {
        var bench = new EncodingBench();
        bench.Options.Redaction.Replacement = replacement;
        bench.Request("application/json", """{"password":"hunter2-long","note":"is hunter2-long"}""");
        bench.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = "SELECT 1 FROM u WHERE password = 'other-long'", Parameters = [new("@token", "third-long")] });
        bench.Append(new InvalidOperationException("token=fourth-long;"));
        JsonElement line = bench.Json();
        Assert.That(Member(line, "request", "body", "password"), Is.EqualTo(replacement));
        Assert.That(Member(line, "request", "body", "note"), Is.EqualTo("is " + replacement));
        Assert.That(line.GetProperty("timeline")[1].GetProperty("sql").GetString(), Is.EqualTo($"SELECT 1 FROM u WHERE password = '{replacement}'"));
        Assert.That(line.GetProperty("errors")[0].GetProperty("message").GetString(), Is.EqualTo($"token={replacement};"));
    }

    [TestCase("creditCard.number", """{"credit_card":{"number":"[REDACTED]","name":"a"},"number":1}""")]
    [TestCase("body:CreditCard", """{"credit_card":"[REDACTED]","number":1}""")]
    [TestCase("number", """{"credit_card":{"number":2,"name":"a"},"number":"[REDACTED]"}""")]
    [TestCase("query:number", """{"credit_card":{"number":2,"name":"a"},"number":1}""")]
    public void A_path_hides_one_place_of_a_body_whose_type_nobody_knows(string path, string expected)
    {
        var bench = new EncodingBench();
        bench.Options.Redaction.Paths.Add(path);
        EncodingBench.Fill(bench.Recording.ResponseBody, "application/json", """{"credit_card":{"number":2,"name":"a"},"number":1}""");
        Assert.That(bench.Json().GetProperty("response").GetProperty("body").ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void A_path_reaches_through_lists_and_hides_whole_objects_which_are_secrets_then()
    {
        var bench = new EncodingBench();
        bench.Options.Redaction.Paths.Add("owners.address");
        bench.Request("application/json", """{"owners":[{"address":{"street":"Elm Street"}},{"address":null}],"note":"lives in Elm Street"}""");
        Assert.That(bench.Json().GetProperty("request").GetProperty("body").ToString(), Is.EqualTo(
            """{"owners":[{"address":"[REDACTED]"},{"address":"[REDACTED]"}],"note":"lives in [REDACTED]"}"""));
    }

    [Test]
    public void A_path_of_one_place_hides_nothing_in_another([Values("query", "params", "form", "header")] string place)
    {
        var bench = new EncodingBench();
        bench.Options.Redaction.Paths.Add(place + ":x");
        bench.Recording.Query.Add(EncodingBench.Value("x", "q-value"));
        bench.Recording.Params.Add(EncodingBench.Value("x", "p-value"));
        bench.Recording.RequestHeaders.Add(EncodingBench.Value("x", "h-value"));
        bench.Request("application/x-www-form-urlencoded", "x=f-value");
        JsonElement request = bench.Json().GetProperty("request");
        string[] hidden =
        [
            .. new[] { ("query", "query"), ("params", "params"), ("headers", "header"), ("body", "form") }
                .Where(part => Member(request, part.Item1, "x") == "[REDACTED]").Select(part => part.Item2),
        ];
        Assert.That(hidden, Is.EqualTo(new[] { place }));
    }

    [TestCase("cookie:x")]
    [TestCase("query:a.b")]
    [TestCase("a..b")]
    [TestCase("")]
    public void What_is_no_path_is_refused_at_start(string path)
    {
        var checks = new OptionChecks();
        new RedactionOptions { Paths = { path } }.Validate(checks);
        Assert.That(checks.ThrowIfAny, Throws.TypeOf<FlightRecorderConfigurationException>().With.Message.Contains("Redaction:Paths:0"));
    }

    private static string? Shown(string place, RedactMode mode)
    {
        var bench = new EncodingBench();
        bench.Options.Redaction.HashKey = Key;
        return Places[place](bench, mode);
    }

    private static RedactionMap Map(RedactMode mode) => EncodingBench.Map(MemberRule.Hidden("X", mode));

    private static string? Member(JsonElement element, params string[] names)
    {
        foreach (string name in names)
        {
            if (!element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ToString();
    }
}
