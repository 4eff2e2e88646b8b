using System.Text.Json;
using FlightRecorder.CompilerServices;
using FlightRecorder.Tests.Core.JournalLines;

namespace FlightRecorder.Tests.Core.Transactions.Rows;

/// <summary>Texts of rows that were read only up to a limit.</summary>
public sealed class CutTextTests
{
    private static readonly TableShape s_shape = TableShape.Of([["note", "text", "text", "false", "false"]]);

    [TestCase(8191)]
    [TestCase(8192)]
    public void A_text_up_to_the_limit_is_whole(int length)
        => Assert.That(Read(new string('ä', length)), Is.EqualTo(new string('ä', length)));

    [Test]
    public void A_text_of_emoji_is_counted_in_characters()
        => Assert.That(Read(string.Concat(Enumerable.Repeat("😀", 8192))), Is.InstanceOf<string>());

    [Test]
    public void A_longer_text_ends_with_a_word()
        => Assert.That(Read(new string('a', 8100) + " half" + new string('b', 200)), Is.EqualTo(new CutText(new string('a', 8100) + " ")));

    [Test]
    public void A_longer_text_without_a_space_is_cut_where_the_limit_is()
        => Assert.That(Read(new string('a', 8193)), Is.EqualTo(new CutText(new string('a', 8192))));

    [Test]
    public void A_secret_with_spaces_that_the_cut_went_through_leaves_nothing()
    {
        EncodingBench bench = new EncodingBench().Request("application/json", """{"password":"correct horse battery"}""");
        bench.Append(new MutationEntry { Source = "adonet", Operation = "delete", Before = [[new("note", Read(new string('a', 8170) + " the correct horse battery"))]] });
        Assert.That(bench.Json().GetProperty("mutations")[0].GetProperty("before").GetProperty("note").GetString(), Is.EqualTo(new string('a', 8170) + " the "));
    }

    [TestCase(RedactMode.Mask)]
    [TestCase(RedactMode.Last4)]
    public void Of_a_hidden_text_nothing_is_shown_and_its_rest_is_hidden_elsewhere(RedactMode mode)
    {
        string secret = new('s', 8192);
        var bench = new EncodingBench();
        bench.Append(new MutationEntry { Source = "adonet", Operation = "delete", Map = EncodingBench.Map(MemberRule.Hidden("Note", mode)), Before = [[new("note", Read(secret + "rest"))]] });
        bench.Append(new TimelineEntry { Type = "log", Detail = "seen " + secret + "rest again" });
        JsonElement line = bench.Json();
        Assert.That(line.GetProperty("mutations")[0].GetProperty("before").GetProperty("note").GetString(), Is.EqualTo("[REDACTED]"));
        Assert.That(line.ToString(), Does.Contain("seen [REDACTED] again"));
    }

    private static object? Read(string text) => RowJson.Read(JsonSerializer.Serialize(new { note = text }), s_shape)[0].Value;
}
