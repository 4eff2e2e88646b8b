using System.Text;

namespace FlightRecorder.Tests.Core.Redaction;

public class SqlLiteralsTests
{
    [TestCase("SELECT 1 FROM u WHERE password = 'hunter2'", "SELECT 1 FROM u WHERE password = '[REDACTED]'")]
    [TestCase("UPDATE u SET \"Password\"='hunter2', name='joe'", "UPDATE u SET \"Password\"='[REDACTED]', name='joe'")]
    [TestCase("UPDATE u SET [Password] = N'it''s', n = 5", "UPDATE u SET [Password] = N'[REDACTED]', n = 5")]
    [TestCase("SELECT * FROM u WHERE u.`token` <> 'abcd' AND id = 7", "SELECT * FROM u WHERE u.`token` <> '[REDACTED]' AND id = 7")]
    [TestCase("SELECT * FROM u WHERE pin = 1234 AND id = 7", "SELECT * FROM u WHERE pin = [REDACTED] AND id = 7")]
    [TestCase("SELECT * FROM u WHERE token IN ('abcd', 'efgh') OR id IN (1, 2)", "SELECT * FROM u WHERE token IN ('[REDACTED]', '[REDACTED]') OR id IN (1, 2)")]
    [TestCase("SELECT * FROM u WHERE token LIKE 'abcd%' AND name LIKE 'j%'", "SELECT * FROM u WHERE token LIKE '[REDACTED]' AND name LIKE 'j%'")]
    [TestCase("SELECT * FROM u WHERE pin BETWEEN 1000 AND 2000 AND id = 7", "SELECT * FROM u WHERE pin BETWEEN [REDACTED] AND [REDACTED] AND id = 7")]
    [TestCase("UPDATE u SET password = crypt('hunter2', gen_salt('bf')), name = 'joe'", "UPDATE u SET password = crypt('[REDACTED]', gen_salt('[REDACTED]')), name = 'joe'")]
    [TestCase("INSERT INTO u (id, password, name) VALUES (1, 'hunter2', 'joe'), (2, lower('X'), 'ann')", "INSERT INTO u (id, password, name) VALUES (1, '[REDACTED]', 'joe'), (2, lower('[REDACTED]'), 'ann')")]
    [TestCase("INSERT INTO tokens (token) VALUES ('abcd') ON CONFLICT DO NOTHING; SELECT 'x'", "INSERT INTO tokens (token) VALUES ('[REDACTED]') ON CONFLICT DO NOTHING; SELECT 'x'")]
    [TestCase("INSERT INTO tokens (id, name) VALUES (1, 'joe')", null)]
    [TestCase("CREATE USER joe WITH PASSWORD 'hunter2'", "CREATE USER joe WITH PASSWORD '[REDACTED]'")]
    [TestCase("CREATE USER joe IDENTIFIED BY 'hunter2'", "CREATE USER joe IDENTIFIED BY '[REDACTED]'")]
    [TestCase("UPDATE u SET password = $$hunter2$$, n = $1", "UPDATE u SET password = $$[REDACTED]$$, n = $1")]
    [TestCase("UPDATE u SET password = $t$hun$$ter2$t$ WHERE id = 7", "UPDATE u SET password = $t$[REDACTED]$t$ WHERE id = 7")]
    [TestCase("SELECT * FROM u WHERE password = @p0 AND name = 'joe'", null)]
    [TestCase("SELECT * FROM u -- password = 'x'\nWHERE name = 'joe' /* token = 'y' */", null)]
    [TestCase("SELECT 'password = x' FROM tokens WHERE id = 5 LIMIT 10", null)]
    [TestCase("SELECT * FROM u WHERE password = 'open", "SELECT * FROM u WHERE password = '[REDACTED]")]
    [TestCase("SELECT * FROM u WHERE password = $1 AND x = 2", null)]
    public void Literals_of_secret_columns_are_hidden_and_no_others(string sql, string? expected)
    {
        var rules = new RedactionRules(new RedactionOptions(), []);
        var output = new LineBuffer();
        bool found = TextRedactor.Redact(Encoding.UTF8.GetBytes(sql), TextNotation.SqlLiteral, rules.Unknown, rules, output, new SecretSet());
        Assert.That(found ? Encoding.UTF8.GetString(output.Written) : null, Is.EqualTo(expected));
    }

    [TestCase("(")]
    [TestCase("'")]
    [TestCase("$a")]
    [TestCase("password = (")]
    [TestCase("/*")]
    [TestCase("\"")]
    [TestCase("1 ,")]
    public void Any_text_ends(string part)
    {
        var rules = new RedactionRules(new RedactionOptions(), []);
        byte[] sql = Encoding.UTF8.GetBytes("'" + string.Concat(Enumerable.Repeat(part, 5000)));
        Assert.That(() => TextRedactor.Redact(sql, TextNotation.SqlLiteral, rules.Unknown, rules, new LineBuffer(), null), Throws.Nothing);
    }

    [Test]
    public void Hidden_literals_are_searched_elsewhere()
    {
        var bench = new JournalLines.EncodingBench();
        bench.Append(new TimelineEntry { Type = TimelineTypes.Query, Sql = "INSERT INTO u (password) VALUES ('hunter2-long')" });
        bench.Append(new InvalidOperationException("duplicate hunter2-long"));
        Assert.That(bench.Line(), Does.Not.Contain("hunter2-long"));
    }
}
