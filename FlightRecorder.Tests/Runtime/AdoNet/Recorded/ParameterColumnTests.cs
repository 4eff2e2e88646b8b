using System.Data.Common;
using FlightRecorder.Tests.AdoNet.Support;
using Npgsql;

namespace FlightRecorder.Tests.AdoNet.Recorded;

public sealed class ParameterColumnTests : StockDatabase
{
    [TestCase("INSERT INTO users (name, password, age) VALUES (@a, crypt(@b, gen_salt('bf')), @c), ($1, $2, $3)", "1:name 2:password 3:age a:name b:password c:age")]
    [TestCase("UPDATE users SET name = @a, \"Pin\" = lower(@b) WHERE id = :id", "a:name b:Pin id:id")]
    [TestCase("SELECT * FROM users u WHERE u.password = @p AND lower(u.name) IN (@q, @r) LIMIT @n", "p:password q:name r:name")]
    [TestCase("SELECT @p::text, password FROM users WHERE @q = u.password", "q:password")]
    [TestCase("DELETE FROM users WHERE age BETWEEN @a AND @b OR x::text = @c", "a:age b:age c:x")]
    [TestCase("INSERT INTO users (id, password) VALUES (@id, @p) ON CONFLICT (id) DO UPDATE SET pin = @q", "id:id p:password q:pin")]
    [TestCase("SELECT $$@a = b$$, '@c = d' -- @e = f", "")]
    public void The_column_of_a_parameter_is_read_from_the_words_around_it(string sql, string expected)
        => Assert.That(string.Join(' ', ParameterColumns.In(sql).Select(pair => $"{pair.Key}:{pair.Value}").Order(StringComparer.Ordinal)), Is.EqualTo(expected));

    [TestCase("INSERT INTO logins (id, password) VALUES ($1, $2)")]
    [TestCase("UPDATE logins SET password = $2 WHERE id <> $1")]
    [TestCase("SELECT id FROM logins WHERE id = $1 AND password = $2")]
    public async Task A_parameter_of_a_secret_column_is_hidden_in_the_line_whatever_its_name(string sql)
    {
        await RunPlainAsync("CREATE TABLE IF NOT EXISTS logins (id int, password text)");
        string line = await Recorder.RecordLineAsync(() =>
        {
            using DbCommand command = Decorated.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter { Value = 7 });
            command.Parameters.Add(new NpgsqlParameter { Value = "opensesame" });
            command.ExecuteNonQuery();
            Flight.Current?.Mark("said opensesame");
        });
        Assert.That(line, Does.Contain("\"1\":7").And.Contain("logins"));
        Assert.That(line, Does.Not.Contain("opensesame"));
    }
}
