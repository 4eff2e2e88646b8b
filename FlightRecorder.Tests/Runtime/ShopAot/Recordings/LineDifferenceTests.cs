using System.Text.Json.Nodes;
using FlightRecorder.Tests.ShopAot.Support;

namespace FlightRecorder.Tests.ShopAot.Recordings;

/// <summary>The comparison itself sees what it should see.</summary>
[Category("Aot")]
internal sealed class LineDifferenceTests
{
    private const string Line = """
        {"v":1,"run":"a1","id":"b2","app":{"name":"ShopAot","pid":7},"request":{"body":{"id":5}},
         "timeline":[{"atUs":3,"type":"mark","durationUs":4}],"errors":[{"atUs":9,"type":"X","stack":"at A","inner":[{"type":"Y","stack":"at B"}]}]}
        """;

    [Test]
    public void What_differs_from_run_to_run_is_set_aside()
        => Assert.That(
            JournalText.Comparable(Parse(Line)),
            Is.EqualTo(Parse("""{"v":1,"app":{"name":"ShopAot"},"request":{"body":{"id":5}},"timeline":[{"type":"mark"}],"errors":[{"type":"X","inner":[{"type":"Y"}]}]}""").ToJsonString(new() { WriteIndented = true })));

    [TestCase("\"name\":\"ShopAot\"", "\"name\":\"Shop\"")]
    [TestCase("\"id\":5", "\"id\":6")]
    [TestCase("\"type\":\"mark\"", "\"type\":\"log\"")]
    [TestCase("\"type\":\"Y\"", "\"type\":\"Z\"")]
    public void Anything_else_is_a_difference_that_shows_both_sides(string old, string now)
    {
        string difference = LineDifference.Of(JournalText.Comparable(Parse(Line)), JournalText.Comparable(Parse(Line.Replace(old, now))));
        Assert.That(difference, Does.Match(@"(?m)^- ").And.Match(@"(?m)^\+ "));
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
