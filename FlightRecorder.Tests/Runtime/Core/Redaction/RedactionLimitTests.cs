using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FlightRecorder.Tests.Core.JournalLines;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>Input that is made to hurt: deep, wide, and full of secrets.</summary>
public class RedactionLimitTests
{
    private const int Million = 1_000_000;

    [TestCase("[", "]")]
    [TestCase("{\"a\":", "}")]
    [TestCase("[{\"password\":", "}]")]
    public void A_hundred_thousand_levels_are_not_embedded_and_say_so(string open, string close)
    {
        string json = Repeat(open, 100_000) + "1" + Repeat(close, 100_000);
        JsonElement request = new EncodingBench().Request("application/json", json).Json().GetProperty("request");
        Assert.That(request.TryGetProperty("body", out _), Is.False);
        Assert.That(request.GetProperty("bodyState").GetString(), Is.EqualTo("unparsed"));
        Assert.That(request.GetProperty("bodyBytes").GetInt64(), Is.EqualTo(json.Length));
    }

    [Test]
    public void A_million_members_take_time_in_proportion([Values("m", "token")] string name, [Values] bool distinct)
    {
        var redacting = new Redacting();
        byte[] tenth = Object(Million / 10, name, distinct);
        byte[] whole = Object(Million, name, distinct);
        double small = Fastest(() => redacting.Pass(tenth));
        double large = Fastest(() => redacting.Pass(whole));
        TestContext.Out.WriteLine(FormattableString.Invariant($"{Million / 10:N0} members {small:F1} ms, {Million:N0} members {large:F1} ms, {whole.Length:N0} bytes"));

        // Ten times the work; the factor beyond that is for caches and a busy machine, and far below the hundred of a quadratic pass.
        Assert.That(large, Is.LessThan(200 + (40 * small)));
    }

    [Test]
    public void A_million_hidden_values_mask_every_text_of_the_line()
    {
        EncodingBench bench = new EncodingBench().Request("application/json", """{"note":"harmless"}""");
        EncodingBench.Fill(bench.Recording.ResponseBody, "application/json", Object(Million, "token", distinct: false));
        string line = bench.Line();
        Assert.That(line, Does.Not.Contain("harmless").And.Not.Contain("value-7"));
        Assert.That(line, Does.Contain("more values were hidden than can be searched for"));
    }

    // Without a limit it would take a minute.
    [Test]
    public void Thousands_of_secrets_and_tens_of_thousands_of_texts_are_searched_for_a_limited_time()
    {
        EncodingBench bench = new EncodingBench().Request("application/json", Encoding.UTF8.GetString(Object(2000, "token", distinct: false)));
        EncodingBench.Fill(bench.Recording.ResponseBody, "application/json", Object(40_000, "t", distinct: false), EncodingBench.Map());
        long started = Stopwatch.GetTimestamp();
        string line = bench.Line();
        TestContext.Out.WriteLine($"2,000 secrets, 40,000 texts: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F1} ms");
        Assert.That(line, Does.Contain("more values were hidden than can be searched for").And.Not.Contain("value-1999\""));
        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(15)));
    }

    private static double Fastest(Action action)
    {
        double best = double.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long started = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;
    }

    private static byte[] Object(int members, string name, bool distinct)
    {
        var json = new StringBuilder("{");
        for (int i = 0; i < members; i++)
        {
            json.Append(i == 0 ? "" : ",").Append('"').Append(distinct ? i.ToString(CultureInfo.InvariantCulture) : "").Append(name).Append("\":\"value-").Append(i).Append('"');
        }

        return Encoding.UTF8.GetBytes(json.Append('}').ToString());
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
