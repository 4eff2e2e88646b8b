namespace FlightRecorder.Tests.Core.Sql;

public sealed class SqlCorpusTests
{
    [Test]
    public void Every_statement_is_read_as_the_corpus_says()
    {
        SqlCase[] all = [.. SqlCorpus.PostgreSql, .. SqlCorpus.Broken];
        Assert.That(all, Has.Length.GreaterThan(300));
        Assert.That(all.Where(each => SqlCorpus.Answer(each.Sql) != each.Answer).Select(each => $"{each.Sql}\n    read as {SqlCorpus.Answer(each.Sql)}\n    not     {each.Answer}"), Is.Empty);
    }

    [Test]
    public void A_statement_of_another_dialect_is_unknown()
    {
        Assert.That(SqlCorpus.OtherDialects, Has.Count.GreaterThan(60));
        Assert.That(SqlCorpus.OtherDialects.Where(sql => SqlCorpus.Answer(sql) is not ("?" or "?!")).Select(sql => $"{sql}\n    read as {SqlCorpus.Answer(sql)}"), Is.Empty);
    }

    [Test]
    public void Few_statements_of_PostgreSQL_are_unknown()
    {
        string[] unknown = [.. SqlCorpus.PostgreSql.Where(each => each.Answer.StartsWith('?')).Select(each => each.Sql)];
        int calls = SqlCorpus.PostgreSql.Count(each => each.Answer.EndsWith("calls", StringComparison.Ordinal));
        TestContext.Out.WriteLine($"{SqlCorpus.PostgreSql.Count} statements of PostgreSQL: {unknown.Length} unknown, {calls} queries with functions that may change rows");
        TestContext.Out.WriteLine($"{SqlCorpus.OtherDialects.Count} of other dialects, all unknown");
        TestContext.Out.WriteLine(string.Join('\n', unknown));
        Assert.That(unknown, Has.Length.LessThan(SqlCorpus.PostgreSql.Count / 20));
    }

    // What stands between the tokens tells nothing.
    [TestCase("\n")]
    [TestCase("\t \r\n")]
    [TestCase(" /* ; ' COMMIT */ ")]
    [TestCase(" -- ' ; BEGIN\n")]
    public void Blanks_and_comments_between_tokens_change_nothing(string blank)
    {
        foreach (SqlCase each in SqlCorpus.PostgreSql.Where(each => !each.Answer.Contains("where", StringComparison.Ordinal) && !each.Answer.Contains('?')))
        {
            string spread = Spread(each.Sql, blank);
            Assert.That(SqlCorpus.Answer(spread), Is.EqualTo(each.Answer), spread);
        }
    }

    [Test]
    public void The_spans_of_an_update_are_its_own_text()
    {
        const string Sql = "SELECT 1; UPDATE ONLY \"Shop\".orders AS o SET a = 1 WHERE o.id = 2 /* x */; COMMIT";
        SqlStatement update = SqlText.Read(Sql).Statements[1];
        Assert.That(update.Span.In(Sql).ToString(), Is.EqualTo("UPDATE ONLY \"Shop\".orders AS o SET a = 1 WHERE o.id = 2"));
        Assert.That(update.Target!.Value.In(Sql).ToString(), Is.EqualTo("ONLY \"Shop\".orders AS o"));
        Assert.That(update.Where!.Value.In(Sql).ToString(), Is.EqualTo("o.id = 2"));
        Assert.That(update.Name, Is.EqualTo("Shop.orders"));
    }

    private static string Spread(string sql, string blank)
    {
        string spread = "";
        int end = 0;
        var tokens = new SqlTokenizer(sql);
        while (tokens.MoveNext())
        {
            bool isApart = tokens.Start > end && string.IsNullOrWhiteSpace(sql[end..tokens.Start]);
            spread += (isApart ? blank : sql[end..tokens.Start]) + sql[tokens.Start..tokens.End];
            end = tokens.End;
        }

        return spread + "\n";
    }
}
