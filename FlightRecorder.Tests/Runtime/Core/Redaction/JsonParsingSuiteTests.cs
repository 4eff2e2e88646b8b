using System.Text.Json;
using FlightRecorder.Tests.Core.JournalLines;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Redaction;

/// <summary>nst's JSON parsing test suite, through the redactor and as a recorded body.</summary>
public class JsonParsingSuiteTests
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 2 * JsonRedactor.MaxDepth };

    private static readonly string Folder = Path.Combine(SourceTree.Root, "FlightRecorder.Tests", "Runtime", "Core", "Redaction", "JsonTestSuite", "test_parsing");

    public static IEnumerable<string> Paths => Files.Select(file => Path.Combine(Folder, file));

    private static readonly string[] Files = [.. Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Test]
    public void The_suite_is_whole_and_every_file_is_judged_as_its_name_says()
    {
        var embedded = Files.GroupBy(file => file[0]).ToDictionary(group => group.Key, group => (Kept: group.Count(file => Body(file) is not null), All: group.Count()));
        string counts = $"y_ {embedded['y'].Kept} of {embedded['y'].All} embedded, n_ {embedded['n'].Kept} of {embedded['n'].All}, i_ {embedded['i'].Kept} of {embedded['i'].All}";
        TestContext.Progress.WriteLine("JSONTestSuite: " + counts);
        Assert.That(counts, Does.StartWith("y_ 95 of 95 embedded, n_ 0 of 188, i_ ").And.EndsWith(" of 35"));
    }

    [TestCaseSource(nameof(Files))]
    public void What_is_embedded_is_valid_and_means_the_same(string file)
    {
        byte[] json = File.ReadAllBytes(Path.Combine(Folder, file));
        JsonPass pass = new Redacting().Pass(json);
        Assert.That(pass, file[0] switch
        {
            'y' => Is.EqualTo(JsonPass.Complete),
            'n' => Is.EqualTo(JsonPass.Invalid),
            _ => Is.AnyOf(JsonPass.Complete, JsonPass.Invalid),
        });
        if (Body(file) is { } body && file[0] == 'y')
        {
            Assert.That(JsonElement.DeepEquals(body, Parse(json)), Is.True, body.GetRawText());
        }
    }

    [TestCaseSource(nameof(Files))]
    public void A_file_that_was_cut_off_never_breaks_its_line(string file)
    {
        byte[] json = File.ReadAllBytes(Path.Combine(Folder, file));
        JsonElement request = Line(json, limit: json.Length / 2).GetProperty("request");
        Assert.That(request.TryGetProperty("body", out JsonElement body) ? body.ValueKind : JsonValueKind.String, Is.EqualTo(JsonValueKind.String));
    }

    // The JSON that a recorded body of these bytes becomes; null where none is embedded.
    private static JsonElement? Body(string file)
    {
        JsonElement request = Line(File.ReadAllBytes(Path.Combine(Folder, file)), int.MaxValue).GetProperty("request");
        return request.GetProperty("bodyKind").GetString() == "json" ? request.GetProperty("body") : null;
    }

    private static JsonElement Line(byte[] json, int limit)
    {
        var bench = new EncodingBench();
        EncodingBench.Fill(bench.Recording.RequestBody, "application/json", json, EncodingBench.Map(), limit);
        return Parse(System.Text.Encoding.UTF8.GetBytes(bench.Line()));
    }

    private static JsonElement Parse(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json, Deep);
        return document.RootElement.Clone();
    }
}
