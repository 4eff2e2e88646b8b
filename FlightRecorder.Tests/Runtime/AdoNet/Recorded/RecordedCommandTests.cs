using System.Data.Common;
using FlightRecorder.AdoNet;
using FlightRecorder.Tests.AdoNet.Support;
using Npgsql;

namespace FlightRecorder.Tests.AdoNet.Recorded;

public sealed class RecordedCommandTests : StockDatabase
{
    [TestCase("INSERT INTO stock VALUES (7, 'rivet', 1)", "insert stock")]
    [TestCase("INSERT INTO stock VALUES (1, 'bolt', 1) ON CONFLICT (id) DO UPDATE SET qty = 1", "upsert stock")]
    [TestCase("INSERT INTO stock VALUES (1, 'bolt', 1) ON CONFLICT DO NOTHING", "insert stock")]
    [TestCase("update public.stock set qty = 1 where id = 1", "update public.stock")]
    [TestCase("/* why */ DELETE FROM \"stock\" WHERE id = 1 RETURNING id", "delete stock")]
    [TestCase("WITH gone AS (DELETE FROM movements RETURNING by) SELECT count(*) FROM gone", "delete movements")]
    [TestCase("WITH one AS (SELECT 1 AS id) UPDATE stock SET qty = 1 FROM one WHERE stock.id = one.id", "update stock")]
    [TestCase("MERGE INTO stock USING (SELECT 1 AS id) s ON stock.id = s.id WHEN MATCHED THEN UPDATE SET qty = 2", "merge stock")]
    [TestCase("TRUNCATE TABLE movements", "sql movements")]
    [TestCase(@"UPDATE stock SET name = 'C:\dir\' WHERE id = 1", "sql ")]
    public void The_verb_and_table_of_a_write_are_told(string sql, string expected)
    {
        Taken taken = Recorder.Record(() => Decorated.CreateCommand(sql).ExecuteNonQuery());
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { expected + " Committed" }));
        Assert.That(taken.Mutations[0].Sql, Is.EqualTo(sql));
    }

    [TestCase("SELECT 'DELETE FROM stock'")]
    [TestCase("SELECT id FROM stock FOR UPDATE")]
    [TestCase("SHOW search_path")]
    [TestCase("VALUES (1)")]
    [TestCase("WITH call AS (SELECT 1) SELECT * FROM call")]
    public void A_read_is_a_query_and_no_mutation(string sql)
    {
        Taken taken = Recorder.Record(() => Decorated.CreateCommand(sql).ExecuteScalar());
        Assert.That(taken.Mutations, Is.Empty);
        Assert.That(taken.Commands.Single().Type, Is.EqualTo("db.query"));
    }

    [Test]
    public void A_routine_that_is_only_defined_changes_nothing()
    {
        SqlStatement[] statements = SqlTextCache.Read("""
            CREATE OR REPLACE FUNCTION take() RETURNS void LANGUAGE sql BEGIN ATOMIC
              UPDATE stock SET qty = qty - 1; DELETE FROM movements;
            END
            """).Statements;
        Assert.That(statements.Select(statement => statement.Verb), Is.EqualTo(new[] { SqlVerb.Other }));
    }

    [Test]
    public void A_table_named_like_a_routine_does_not_hide_what_follows()
        => Assert.That(
            SqlTextCache.Read("CREATE TABLE event (trigger int); DELETE FROM stock").Statements.Select(statement => (statement.Verb, statement.Name)),
            Is.EqualTo(new[] { (SqlVerb.Other, null), (SqlVerb.Delete, "stock") }));

    [Test]
    public void A_call_leaves_a_gap()
    {
        Taken taken = Recorder.Record(() => Decorated.CreateCommand("DO $$ BEGIN DELETE FROM movements; END $$").ExecuteNonQuery());
        Assert.That(taken.Mutations, Is.Empty);
        Assert.That(taken.Gaps.Single(), Is.EqualTo(Gaps.Calls));
        Assert.That(taken.Commands.Single().Type, Is.EqualTo("db.command"));
    }

    [Test]
    public void A_bulk_copy_leaves_a_gap()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            using NpgsqlBinaryImporter copy = ((NpgsqlConnection)connection.Unwrap()).BeginBinaryImport("COPY stock (id, name, qty) FROM STDIN (FORMAT BINARY)");
            copy.WriteRow(7, "rivet", 1);
            copy.Complete();
        });
        Assert.That(Quantity(7), Is.EqualTo(1));
        Assert.That(taken.Mutations, Is.Empty);
        Assert.That(taken.Gaps, Is.EqualTo(new[] { Gaps.Unwrapped }));
    }

    [Test]
    public void Each_table_that_one_statement_changes_is_told()
    {
        Taken taken = Recorder.Record(() => Decorated.CreateCommand(
            "WITH gone AS (DELETE FROM movements RETURNING by) UPDATE stock SET qty = 1 FROM gone WHERE stock.id = gone.by").ExecuteNonQuery());
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "delete movements Committed", "update stock Committed" }));
        Assert.That(taken.Mutations.Select(mutation => mutation.Rows), Is.All.EqualTo(-1));
    }

    [Test]
    public void A_text_that_is_not_understood_leaves_a_gap()
    {
        Taken taken = Recorder.Record(() => Decorated.CreateCommand("SELECT 5 # 3").ExecuteScalar());
        Assert.That(taken.Mutations, Is.Empty);
        Assert.That(taken.Gaps.Single(), Is.EqualTo(Gaps.NotUnderstood));
    }

    [Test]
    public void A_write_with_a_reader_tells_the_rows_affected()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbDataReader reader = Decorated.CreateCommand("UPDATE stock SET qty = 1 RETURNING id").ExecuteReader();
            reader.Read();
        });
        Assert.That(taken.Commands.Single().Type, Is.EqualTo("db.command"));
        Assert.That(taken.Commands.Single().Rows, Is.EqualTo(3));
        Assert.That(taken.Mutations.Single().Rows, Is.EqualTo(3));
    }

    [TestCase("INSERT INTO movements (stock_id, by) VALUES (1, 5) RETURNING id")]
    [TestCase("UPDATE stock SET qty = 1 RETURNING id")]
    public void A_write_with_a_reader_stands_before_what_it_changed(string sql)
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbDataReader reader = Decorated.CreateCommand(sql).ExecuteReader();
            Flight.Current?.Mark("while reading");
        });
        Assert.That(taken.Timeline.Select(entry => entry.Type), Is.EqualTo(new[] { "db.command", "db.mutation", "mark" }));
        Assert.That(taken.Timeline.Select(entry => entry.AtUs), Is.Ordered);
    }

    [Test]
    public void Parameters_are_named_without_prefix_and_numbered_without_name()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbCommand named = Decorated.CreateCommand("SELECT @a::text, @b::bytea");
            named.Parameters.Add(new NpgsqlParameter("@a", "x"));
            named.Parameters.Add(new NpgsqlParameter("b", new byte[] { 1, 2 }));
            named.ExecuteScalar();
            using DbCommand numbered = Decorated.CreateCommand("SELECT $1, $2::text");
            numbered.Parameters.Add(new NpgsqlParameter { Value = 5 });
            numbered.Parameters.Add(new NpgsqlParameter { Value = DBNull.Value });
            numbered.ExecuteScalar();
        });
        Assert.That(taken.Commands[0].Parameters, Is.EqualTo(new[] { new NamedValue("a", "x"), new NamedValue("b", new ByteCount(2)) }));
        Assert.That(taken.Commands[1].Parameters, Is.EqualTo(new[] { new NamedValue("1", 5), new NamedValue("2", null) }));
    }

    [Test]
    public void A_sequence_that_can_be_read_once_is_left_to_the_provider()
    {
        int reads = 0;
        IEnumerable<int> Once()
        {
            reads++;
            yield return 1;
        }

        Taken taken = Recorder.Record(() =>
        {
            using DbCommand command = Decorated.CreateCommand("SELECT @ids");
            command.Parameters.Add(new NpgsqlParameter { ParameterName = "ids", Value = Once() });
            Assert.That(() => command.ExecuteScalar(), Throws.Exception);
        });
        Assert.That(reads, Is.Zero);
        Assert.That(taken.Commands.Single().Parameters![0].Value, Does.StartWith("("));
    }

    [Test]
    public void A_reader_left_open_is_told_when_its_connection_closes()
    {
        Taken taken = Recorder.Record(() =>
        {
            DbConnection connection = Decorated.OpenConnection();
            DbCommand command = connection.CreateCommand();
            command.CommandText = "SELECT 1";
            command.ExecuteReader();
            connection.Dispose();
        });
        Assert.That(taken.Commands, Has.Length.EqualTo(1));
    }

    [Test]
    public void A_failure_of_the_recorder_does_not_reach_the_app()
    {
        var inner = new ThrowingCommand { HidesText = true };
        Recorder.ExpectFaults(1);
        Taken taken = Recorder.Record(() => Assert.That(new RecordingCommand(inner, RecordingSettings.From(null), null).ExecuteScalar(), Is.EqualTo(1)));
        Assert.That(inner.Runs, Is.EqualTo(1));
        Assert.That(taken.Commands, Is.Empty);
    }

    [Test]
    public void Entries_after_the_end_of_the_recording_are_dropped()
    {
        DbDataReader reader = null!;
        Taken taken = Recorder.Record(() => reader = Decorated.CreateCommand("UPDATE stock SET qty = 1 RETURNING id").ExecuteReader());
        Assert.That(reader.Read(), Is.True);
        reader.Dispose();
        Assert.That(taken.Commands, Is.Empty);
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Unknown" }));
    }
}
