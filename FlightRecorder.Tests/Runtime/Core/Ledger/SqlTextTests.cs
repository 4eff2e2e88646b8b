namespace FlightRecorder.Tests.Core.Transactions;

public sealed class SqlTextTests
{
    [TestCase("BEGIN", "Begin")]
    [TestCase("  begin work;", "Begin")]
    [TestCase("START TRANSACTION ISOLATION LEVEL SERIALIZABLE", "Begin")]
    [TestCase("-- begin\nSELECT 1", "Select")]
    [TestCase("/* begin /* nested */ */ COMMIT", "Commit")]
    [TestCase("END", "Commit")]
    [TestCase("COMMIT AND NO CHAIN", "Commit")]
    [TestCase("COMMIT AND CHAIN", "Commit Begin")]
    [TestCase("COMMIT PREPARED 'x'", "Other")]
    [TestCase("PREPARE TRANSACTION 'x'", "PrepareTransaction")]
    [TestCase("PREPARE p AS SELECT 1", "Other")]
    [TestCase("ABORT", "RollBack")]
    [TestCase("ROLLBACK WORK TO SAVEPOINT a", "RollBackTo:a")]
    [TestCase("rollback to \"A b\"", "RollBackTo:A b")]
    [TestCase("SAVEPOINT a; RELEASE SAVEPOINT a; RELEASE b", "Savepoint:a Release:a Release:b")]
    [TestCase("SELECT 1; begin; update t set a = 1; commit", "Select Begin Update:t Commit")]
    [TestCase("SELECT 'a; begin; '; SELECT $$; begin;$$; SELECT $x$; $$ begin; $x$", "Select Select Select")]
    [TestCase("SELECT 'it''s; begin'", "Select")]
    [TestCase("INSERT INTO \"shop\".\"orders\" (a) VALUES (1)", "Insert:shop.orders")]
    [TestCase("UPDATE ONLY orders AS o SET a = @p", "Update:orders")]
    [TestCase("DELETE FROM [dbo].[Orders]", "Delete:dbo.Orders")]
    [TestCase("MERGE INTO t USING s ON true", "Merge:t")]
    [TestCase("COPY t (a) FROM STDIN", "Copy:t")]
    [TestCase("TRUNCATE TABLE t", "Truncate:t")]
    [TestCase("WITH x AS (SELECT 1) SELECT * FROM x", "Select")]
    [TestCase("WITH x AS (SELECT 1) UPDATE t SET a = 1", "Update:t")]
    [TestCase("WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "ModifyingSelect")]
    [TestCase("CREATE TABLE begin_here (a int)", "Other")]
    [TestCase(";;  ; ", "")]
    [TestCase("", "")]
    [TestCase("UPDATE", "Update")]
    [TestCase("SELECT 'open; begin", "Select")]
    public void Statements_are_told_apart_by_their_keywords(string sql, string statements)
    {
        Assert.That(string.Join(' ', SqlText.Read(sql).Select(Text)), Is.EqualTo(statements));
    }

    private static string Text(SqlStatement statement) => statement.Verb + (statement.Name is null ? "" : ":" + statement.Name);
}
