using System.Text;

namespace FlightRecorder.Tests.Core.Stores;

public class ErrorWordsTests
{
    [TestCase("Npgsql.PostgresException: 23505: duplicate key", "npgsql postgresexception 23505 duplicate key")]
    [TestCase("\"ix_a_b\"", "ix a b")]
    [TestCase("https://shop.example/a?b=1", "https shop example a b 1")]
    [TestCase("ann@shop.example", "ann shop example")]
    [TestCase("İSTANBUL Größe GRÖSSE", "İstanbul größe grÖsse")]
    [TestCase("same SAME Same", "same")]
    [TestCase("🔥fire🔥", "fire")]
    [TestCase("a\0b\u0001c\u200bd", "a b c d")]
    [TestCase("ÄÖ\ud800ÜA", "ÄÖ Üa")]
    [TestCase(" -- … ", "")]
    [TestCase("", "")]
    public void Words_are_runs_of_letters_and_digits_and_only_ascii_is_folded(string text, string expected)
        => Assert.That(string.Join(' ', WordsOf(text)), Is.EqualTo(expected));

    [Test]
    public void Of_a_long_word_the_beginning_counts()
        => Assert.That(WordsOf(new string('A', 65) + "-" + new string('b', 3000)), Is.EqualTo(new[] { new string('a', 64), new string('b', 64) }));

    [Test]
    public void Of_many_words_the_first_thousand_count()
        => Assert.That(WordsOf(string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"w{i / 2}"))), Is.EqualTo(Enumerable.Range(0, 1000).Select(i => $"w{i}")));

    [TestCase("""{"atUs":1,"type":"Shop.Fault","message":"tea\nis \u0022out\u0022","stack":"at Nowhere","handled":true}""", "shop fault tea is out")]
    [TestCase("""{"message":"outer","inner":[{"type":"In.One","inner":[{"message":"deep"}]},7,[{"message":"no"}],{"message":"two"}]}""", "outer in one deep two")]
    [TestCase("""{"type":7,"message":null,"inner":{"message":"no array"}}""", "")]
    [TestCase("""{"typ\u0065":"t","message":"half\ud800pair \ud83d\ude00 \u0000nul","other":{"message":"elsewhere"}}""", "t half pair nul")]
    [TestCase("""{"\ud800":"x","message":"kept"}""", "kept")]
    [TestCase("{}", "")]
    public void The_words_of_an_error_are_those_of_its_type_and_message_and_of_the_errors_inside(string json, string expected)
    {
        var words = new ErrorWords();
        words.AddError(Encoding.UTF8.GetBytes(json));

        Assert.That(string.Join(' ', words.All), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase(" \t\n\0")]
    [TestCase("…?!")]
    [TestCase("🔥")]
    public void A_query_for_a_text_without_a_word_is_refused(string text)
        => Assert.That(() => new RecordingQuery { ErrorText = text }, Throws.ArgumentException.With.Message.StartsWith(
            "ErrorText has no letter and no digit; allowed: 1 to 1000 characters, among them a letter or a digit, or null."));

    [Test]
    public void A_query_for_a_text_that_is_too_long_is_refused_and_one_at_the_limit_is_not()
    {
        Assert.That(new RecordingQuery { ErrorText = new string('x', 1000) }.ErrorText, Has.Length.EqualTo(1000));
        Assert.That(() => new RecordingQuery { ErrorText = new string('x', 1001) }, Throws.ArgumentException.With.Message.StartsWith("ErrorText has 1001 characters; allowed: 1 to 1000"));
        Assert.That(() => new RecordingQuery() with { ErrorText = "" }, Throws.ArgumentException);
    }

    [Test]
    public void Null_asks_for_nothing()
    {
        Assert.That(new RecordingQuery { ErrorText = null }, Is.EqualTo(new RecordingQuery()));
        Assert.That(ErrorSearch.Of(new RecordingQuery()), Is.Null);
    }

    private static IReadOnlyCollection<string> WordsOf(string text)
    {
        var words = new ErrorWords();
        words.AddText(text);
        return words.All;
    }
}
