namespace FlightRecorder.Tests.Core.Transactions.Rows;

/// <summary>What a text tells about the rows it is about to change.</summary>
public sealed class RowSelectionTests
{
    [TestCase("UPDATE stock SET qty = 1 WHERE id = 1", "stock", "stock", "id = 1")]
    [TestCase("update only shop.stock as s set qty = 1 where s.id = 1 returning *", "shop.stock", "only shop.stock as s", "s.id = 1")]
    [TestCase("DELETE FROM \"Shop\".\"My\"\"Stock\" * x WHERE x.id = 1;", "\"Shop\".\"My\"\"Stock\"", "\"Shop\".\"My\"\"Stock\" * x", "x.id = 1")]
    [TestCase("DELETE FROM ONLY (stock) WHERE id IN (SELECT stock_id FROM movements WHERE by > 3)", "stock", "ONLY (stock)", "id IN (SELECT stock_id FROM movements WHERE by > 3)")]
    [TestCase("UPDATE stock SET qty = random() WHERE lower(name) = 'a' -- all\n AND note IS NULL", "stock", "stock", "lower(name) = 'a' -- all\n AND note IS NULL")]
    public void The_table_and_the_condition_are_those_of_the_text(string sql, string table, string from, string condition)
    {
        RowSelection rows = SqlText.Read(sql).Rows!;

        Assert.That(rows.Why, Is.Null);
        Assert.That((rows.Table, rows.From, rows.Condition), Is.EqualTo((table, from, condition)));
        Assert.That(rows.IsDelete, Is.EqualTo(sql.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    [TestCase("UPDATE t SET a = @a WHERE b = @b AND c = @c AND d <> @b", "b = $1 AND c = $2 AND d <> $1", "@b @c")]
    [TestCase("UPDATE t SET a = $1 WHERE b = $3 AND c = $2", "b = $1 AND c = $2", "$3 $2")]
    [TestCase("DELETE FROM t WHERE b = :b AND c = '@c' AND d::text = :d -- :e", "b = $1 AND c = '@c' AND d::text = $2", ":b :d")]
    [TestCase("DELETE FROM t WHERE e @> @x AND \"@y\" = 1", "e @> $1 AND \"@y\" = 1", "@x")]
    public void Its_parameters_are_numbered_anew(string sql, string condition, string parameters)
    {
        RowSelection rows = SqlText.Read(sql).Rows!;
        Assert.That((rows.Condition, string.Join(' ', rows.Parameters)), Is.EqualTo((condition, parameters)));
    }

    [TestCase("SELECT 1")]
    [TestCase("BEGIN")]
    [TestCase("CALL f()")]
    [TestCase("nonsense")]
    public void A_text_that_changes_no_rows_has_none(string sql) => Assert.That(SqlText.Read(sql).Rows, Is.Null);

    [TestCase("UPDATE t SET a = 1 WHERE b = f(1)", RowReasons.Calls)]
    [TestCase("UPDATE t SET a = 1 WHERE b = nextval('s')", RowReasons.Calls)]
    [TestCase("UPDATE t SET a = 1 WHERE b = app.lower('s')", RowReasons.Calls)]
    [TestCase("UPDATE t SET a = 1 WHERE b IN (SELECT f(x) FROM u)", RowReasons.Calls)]
    [TestCase("UPDATE t SET a = 1 WHERE b = gen_random_uuid()", RowReasons.Calls)]
    [TestCase("UPDATE t SET a = 1 WHERE b < clock_timestamp()", RowReasons.Calls)]
    [TestCase("UPDATE t SET a = 1 WHERE b < now() AND c = coalesce(d, 1)", null)]
    [TestCase("DELETE FROM t WHERE b = (SELECT b FROM t FOR NO KEY UPDATE)", RowReasons.Locks)]
    [TestCase("DELETE FROM t WHERE b = (SELECT b FROM t FOR SHARE)", RowReasons.Locks)]
    [TestCase("DELETE FROM t WHERE b = substring(c FROM 1 FOR 3)", null)]
    [TestCase("DELETE FROM t WHERE b IN (SELECT b FROM t FETCH FIRST 3 ROWS ONLY)", RowReasons.Picks)]
    [TestCase("DELETE FROM t WHERE b IN (SELECT b FROM t OFFSET 3)", RowReasons.Picks)]
    [TestCase("DELETE FROM t WHERE b IN (SELECT b FROM t TABLESAMPLE SYSTEM (10))", RowReasons.Picks)]
    [TestCase("EXPLAIN ANALYZE DELETE FROM t WHERE b = 1", RowReasons.SeveralTables)]
    [TestCase("UPDATE t SET a = 1 WHERE b = 1; SELECT 1", RowReasons.SeveralStatements)]
    public void What_could_do_more_than_read_is_not_read(string sql, string? why) => Assert.That(SqlText.Read(sql).Rows!.Why, Is.EqualTo(why));

    [TestCase("UPDATE t SET id = 1 WHERE a = 1", true)]
    [TestCase("UPDATE t SET a = 2, \"Id\" = id + 1 WHERE a = 1", true)]
    [TestCase("UPDATE t SET (a, id) = (1, 2) WHERE a = 1", true)]
    [TestCase("UPDATE t SET (a, b) = (SELECT x, id FROM u) WHERE a = 1", true)]
    [TestCase("UPDATE t SET a = id + 1, b = other_id WHERE id = 1", false)]
    [TestCase("UPDATE t SET a = 'id = 1' WHERE id = 1", false)]
    [TestCase("DELETE FROM t WHERE id = 1", false)]
    public void A_column_that_is_assigned_is_noticed(string sql, bool assigns)
        => Assert.That(SqlText.Read(sql).Rows!.Assigns(["id"]), Is.EqualTo(assigns));
}
