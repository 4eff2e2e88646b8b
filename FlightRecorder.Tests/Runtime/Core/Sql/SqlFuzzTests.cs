using System.Diagnostics;

namespace FlightRecorder.Tests.Core.Sql;

public sealed class SqlFuzzTests
{
    private const int Seed = 20;

    [Test]
    public void A_cut_text_is_read_without_an_error()
    {
        int texts = 0;
        foreach (string sql in SqlCorpus.AllTexts)
        {
            for (int length = 0; length < sql.Length; length++, texts++)
            {
                Read(sql[..length]);
                Read(sql[length..]);
            }
        }

        TestContext.Out.WriteLine($"{texts * 2} cut texts");
    }

    [Test]
    public void A_text_with_flipped_characters_is_read_without_an_error()
    {
        var random = new Random(Seed);
        string[] texts = [.. SqlCorpus.AllTexts];
        for (int i = 0; i < 100_000; i++)
        {
            char[] sql = texts[random.Next(texts.Length)].ToCharArray();
            for (int flips = random.Next(1, 4); flips > 0 && sql.Length > 0; flips--)
            {
                sql[random.Next(sql.Length)] ^= (char)(1 << random.Next(8));
            }

            Read(new string(sql));
        }
    }

    [Test]
    public void Texts_put_together_from_pieces_are_read_without_an_error()
    {
        var random = new Random(Seed);
        string[] texts = [.. SqlCorpus.AllTexts];
        for (int i = 0; i < 30_000; i++)
        {
            string first = texts[random.Next(texts.Length)];
            string second = texts[random.Next(texts.Length)];
            Read(first[..random.Next(first.Length + 1)] + second[random.Next(second.Length + 1)..]);
        }
    }

    // A reader that looks at a character again for every nesting or candidate takes 256 times as long for sixteen times the text.
    [TestCase("(")]
    [TestCase("[")]
    [TestCase("/*")]
    [TestCase("*/")]
    [TestCase("'")]
    [TestCase("\"")]
    [TestCase("$")]
    [TestCase("$a")]
    [TestCase("$a$")]
    [TestCase("$a$ $b$ ")]
    [TestCase("-- \n")]
    [TestCase("\\'")]
    [TestCase("E'\\'")]
    [TestCase(";")]
    [TestCase("SELECT 1;")]
    [TestCase("WITH a AS (")]
    [TestCase("(WITH a AS (DELETE FROM a")]
    [TestCase("a.")]
    [TestCase("::")]
    [TestCase("@")]
    [TestCase("x ")]
    [TestCase("UPDATE a SET b = 1 FROM a ")]
    public void Time_grows_with_the_length_only(string piece)
    {
        double small = Milliseconds(Repeated(piece, 50_000));
        double large = Milliseconds(Repeated(piece, 800_000));
        Assert.That(large / Math.Max(0.2, small), Is.LessThan(128), $"{small:0.0} ms for 50 000 characters, {large:0.0} ms for 800 000");
    }

    private static string Repeated(string piece, int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length));

    // The best of several: others use the machine too.
    private static double Milliseconds(string sql) => Enumerable.Range(0, 5).Min(_ =>
    {
        long start = Stopwatch.GetTimestamp();
        SqlText.Read(sql);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    });

    // Every span must lie within the text, whatever the text.
    private static void Read(string sql)
    {
        try
        {
            SqlText text = SqlText.Read(sql);
            foreach (SqlStatement statement in text.Steps)
            {
                statement.Span.In(sql);
                statement.Target?.In(sql);
                statement.Where?.In(sql);
            }

            _ = text.Columns;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Assert.Fail($"{sql}\n{error}");
        }
    }
}
