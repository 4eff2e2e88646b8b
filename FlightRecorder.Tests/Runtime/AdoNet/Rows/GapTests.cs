using System.Data;
using System.Data.Common;
using System.Transactions;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;
using Npgsql;
using IsolationLevel = System.Data.IsolationLevel;

namespace FlightRecorder.Tests.AdoNet.Rows;

/// <summary>What keeps the rows of a statement from being read, each with its reason; the statement itself runs as ever.</summary>
public sealed class GapTests : StockDatabase
{
    [OneTimeSetUp]
    public Task PrepareAsync() => RunPlainAsync("""
        CREATE VIEW few AS SELECT * FROM stock WHERE qty < 15;
        CREATE TABLE notes (text text);
        CREATE TABLE pairs (a int, b text, c int, PRIMARY KEY (a, b));
        CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION bump(int) RETURNS int LANGUAGE sql AS 'UPDATE stock SET qty = qty + 1 WHERE id = $1 RETURNING qty';
        """);

    [SetUp]
    public Task RefillAsync() => RunPlainAsync("TRUNCATE notes, pairs; INSERT INTO notes VALUES ('n'); INSERT INTO pairs VALUES (1, 'x', 1), (1, 'y', 2), (2, 'x', 3)");

    [TestCase("UPDATE stock SET qty = 1 WHERE id = 1; DELETE FROM movements WHERE id = 1", RowReasons.SeveralStatements)]
    [TestCase("UPDATE stock SET qty = m.by FROM movements m WHERE m.stock_id = stock.id", RowReasons.SeveralTables)]
    [TestCase("DELETE FROM movements USING stock WHERE stock_id = stock.id", RowReasons.SeveralTables)]
    [TestCase("WITH gone AS (DELETE FROM movements WHERE id = 1 RETURNING stock_id) UPDATE stock SET qty = 1 WHERE id IN (SELECT stock_id FROM gone)", RowReasons.CommonTable)]
    [TestCase("WITH gone AS (DELETE FROM movements WHERE id = 1 RETURNING stock_id) SELECT * FROM gone", RowReasons.CommonTable)]
    [TestCase("UPDATE stock SET qty = 1", RowReasons.NoWhere)]
    [TestCase("DELETE FROM movements", RowReasons.NoWhere)]
    [TestCase("UPDATE stock SET note = 'x' WHERE id = one()", RowReasons.Calls)]
    [TestCase("UPDATE stock SET note = 'x' WHERE random() < 2", RowReasons.Calls)]
    [TestCase("DELETE FROM movements WHERE id = (SELECT id FROM movements WHERE by > 0 FOR UPDATE SKIP LOCKED)", RowReasons.Locks)]
    [TestCase("DELETE FROM stock WHERE id IN (SELECT id FROM stock ORDER BY id LIMIT 1)", RowReasons.Picks)]
    [TestCase("INSERT INTO stock VALUES (4, 'cog', 1), (5, 'cam', 2)", RowReasons.Insert)]
    [TestCase("INSERT INTO stock VALUES (1, 'cog', 1) ON CONFLICT (id) DO UPDATE SET qty = 99", RowReasons.Upsert)]
    [TestCase("MERGE INTO stock USING (VALUES (1)) AS v(id) ON stock.id = v.id WHEN MATCHED THEN UPDATE SET qty = 5", RowReasons.Merge)]
    [TestCase("COPY notes FROM PROGRAM 'echo copied'", RowReasons.Copy)]
    [TestCase("TRUNCATE notes", RowReasons.Truncate)]
    [TestCase("CREATE TEMP TABLE made AS SELECT * FROM stock", RowReasons.Other)]
    [TestCase("UPDATE few SET qty = 1 WHERE id = 1", RowReasons.NoTable)]
    public void A_statement_whose_rows_cannot_be_told_leaves_a_gap(string sql, string why)
    {
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute(sql)));

        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: " + why));
        Assert.That(taken.Mutations, Is.Not.Empty);
        Assert.That(taken.Mutations.Select(mutation => (mutation.Before, mutation.After, mutation.Outcome)), Is.All.EqualTo((default(NamedValue[][]), default(NamedValue[][]), MutationOutcome.Committed)));
    }

    [TestCase("INSERT INTO stock VALUES (4, 'cog', 1), (5, 'cam', 2)", "insert stock", 2)]
    [TestCase("INSERT INTO stock VALUES (1, 'cog', 1) ON CONFLICT (id) DO UPDATE SET qty = 99", "upsert stock", 1)]
    [TestCase("INSERT INTO stock VALUES (1, 'cog', 1) ON CONFLICT DO NOTHING", "insert stock", 0)]
    [TestCase("MERGE INTO stock USING (VALUES (1)) AS v(id) ON stock.id = v.id WHEN MATCHED THEN UPDATE SET qty = 5", "merge stock", 1)]
    [TestCase("COPY notes FROM PROGRAM 'echo copied'", "copy notes", 1)]
    public void Its_operation_and_rows_are_told_all_the_same(string sql, string operation, int rows)
    {
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute(sql)));

        Assert.That(taken.Outcomes, Is.EqualTo(new[] { operation + " Committed" }));
        Assert.That(taken.Mutations[0].Rows, Is.EqualTo(rows));
    }

    [Test]
    public void Each_write_of_a_common_table_expression_is_a_mutation()
    {
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute(
            "WITH gone AS (DELETE FROM movements WHERE id = 1 RETURNING stock_id) INSERT INTO notes SELECT stock_id::text FROM gone")));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "delete movements Committed", "insert notes Committed" }));
    }

    [Test]
    public void A_query_of_a_function_that_may_change_data_leaves_a_gap()
    {
        Taken taken = Recorder.Record(() => Over(connection => Assert.That(connection.QuerySingle<int>("SELECT bump(1)"), Is.EqualTo(11))));

        Assert.That(taken.Commands.Single().Sql, Is.EqualTo("SELECT bump(1)"));
        Assert.That(taken.Gaps.Single(), Is.EqualTo(new GapEntry("mutations", "a query calls a function that may change data; what it changed is not seen")));
        Assert.That(Recorder.Record(() => Over(connection => connection.Query<int>("SELECT max(qty) FROM stock WHERE lower(name) = 'nut'"))).Gaps, Is.Empty);
    }

    [Test]
    public void Without_a_primary_key_there_are_rows_before_only()
    {
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute("UPDATE notes SET text = 'm' WHERE text = 'n'")));

        Assert.That(RowText.Of(taken.Mutations[0]), Is.EqualTo("[] {text=n} → -"));
        Assert.That(Gaps(taken), Is.EqualTo("the rows after a statement were not read: " + RowReasons.NoKey));
    }

    [Test]
    public void A_key_of_several_columns_finds_its_rows_again()
    {
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute("UPDATE pairs SET c = c * 10 WHERE a = 1 OR b = 'x'")));

        Assert.That(RowText.Of(taken.Mutations[0]), Is.EqualTo(
            "[] {a=1,b=x,c=1}{a=1,b=y,c=2}{a=2,b=x,c=3} → {a=1,b=x,c=10}{a=1,b=y,c=20}{a=2,b=x,c=30} ~c"));
    }

    [TestCase("UPDATE pairs SET b = 'z' WHERE c = 1")]
    [TestCase("UPDATE pairs SET (c, \"b\") = (9, 'z') WHERE c = 1")]
    public void A_key_that_changes_leaves_the_rows_after_unknown(string sql)
    {
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute(sql)));

        Assert.That(RowText.Of(taken.Mutations[0]), Is.EqualTo("[a=1,b=x] {a=1,b=x,c=1} → -"));
        Assert.That(Gaps(taken), Is.EqualTo("the rows after a statement were not read: " + RowReasons.KeyChanges));
    }

    [TestCase(IsolationLevel.RepeatableRead)]
    [TestCase(IsolationLevel.Serializable)]
    public void Under_a_snapshot_nothing_is_read_before_the_app_does(IsolationLevel isolation)
    {
        Taken taken = Recorder.Record(() => Over(connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction(isolation);
            RunPlainAsync("UPDATE stock SET qty = 77 WHERE id = 1").Wait();

            // Had the snapshot been taken before, by a read of the recorder's, this would fail; so the read has to come later, or not at all.
            Assert.That(connection.Execute("UPDATE stock SET qty = 78 WHERE id = 1", transaction: transaction), Is.EqualTo(1));
            transaction.Commit();
        }));

        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: " + RowReasons.Isolation));
        Assert.That(Quantity(1), Is.EqualTo(78));
    }

    [TestCase(System.Transactions.IsolationLevel.Serializable, false)]
    [TestCase(System.Transactions.IsolationLevel.ReadCommitted, true)]
    public void In_a_scope_the_isolation_decides(System.Transactions.IsolationLevel isolation, bool isRead)
    {
        Taken taken = Recorder.Record(() =>
        {
            using var scope = new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = isolation });
            Over(connection => connection.Execute("UPDATE stock SET qty = 5 WHERE id = 1"));
            scope.Complete();
        });

        Assert.That(taken.Mutations[0].Before is not null, Is.EqualTo(isRead));
        Assert.That(Gaps(taken), Is.EqualTo(isRead ? "" : "the rows of a statement were not read: " + RowReasons.Isolation));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed" }));
    }

    [Test]
    public void In_a_transaction_that_had_failed_nothing_is_read()
    {
        Taken taken = Recorder.Record(() => Over(connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            Assert.Catch<DbException>(() => connection.Execute("SELECT 1/0", transaction: transaction));
            PostgresException error = Assert.Catch<PostgresException>(() => connection.Execute("UPDATE stock SET qty = 5 WHERE id = 1", transaction: transaction))!;
            Assert.That(error.SqlState, Is.EqualTo("25P02"));
        }));

        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: " + RowReasons.FailedTransaction));
    }

    [Test]
    public void A_command_of_a_data_source_leaves_a_gap()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbCommand command = Decorated.CreateCommand("UPDATE stock SET qty = 5 WHERE id = 1");
            command.ExecuteNonQuery();
        });

        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: " + RowReasons.NoConnection));
    }

    [Test]
    public void A_closed_connection_leaves_a_gap_and_the_error_of_the_provider()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.CreateConnection();
            using DbCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE stock SET qty = 5 WHERE id = 1";
            Assert.Throws<InvalidOperationException>(() => command.ExecuteNonQuery());
        });

        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: " + RowReasons.Closed));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void An_open_reader_leaves_a_gap_and_goes_on(bool isDecorated)
    {
        Taken taken = Recorder.Record(() => Over(connection =>
        {
            using DbCommand select = (isDecorated ? connection : connection.Unwrap()).CreateCommand();
            select.CommandText = "SELECT id FROM stock ORDER BY id";
            using DbDataReader reader = select.ExecuteReader();
            Assert.That(reader.Read(), Is.True);
            using DbCommand update = connection.CreateCommand();
            update.CommandText = "UPDATE stock SET qty = 5 WHERE id = 1";
            Assert.Throws<NpgsqlOperationInProgressException>(() => update.ExecuteNonQuery());
            Assert.That(reader.Read() && reader.Read() && !reader.Read(), Is.True);
            reader.Close();
            Assert.That(() => connection.Unwrap().BeginTransaction().Dispose(), Throws.Nothing, "a transaction of the recorder's is left open");
        }));

        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: " + RowReasons.Busy));
    }

    [Test]
    public async Task A_call_cancelled_beforehand_leaves_a_gap()
    {
        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbConnection connection = await Decorated.OpenConnectionAsync();
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE stock SET qty = 5 WHERE id = 1";
            Assert.CatchAsync<OperationCanceledException>(() => command.ExecuteNonQueryAsync(new CancellationToken(canceled: true)));
        });

        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: " + RowReasons.Cancelled));
        Assert.That(Quantity(1), Is.EqualTo(10));
    }

    [Test]
    public void A_parameter_that_can_be_read_once_only_is_left_to_the_provider()
    {
        Taken taken = Recorder.Record(() => Over(connection =>
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE stock SET qty = 5 WHERE note <> @note";
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = "note";
            parameter.Direction = ParameterDirection.InputOutput;
            parameter.Value = "x";
            command.Parameters.Add(parameter);
            Assert.That(command.ExecuteNonQuery(), Is.EqualTo(1));
        }));

        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: " + RowReasons.Parameter));
    }

    [Test]
    public void A_reader_that_closes_the_connection_leaves_the_rows_after_unknown()
    {
        Taken taken = Recorder.Record(() =>
        {
            DbConnection connection = Decorated.OpenConnection();
            using DbCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE stock SET qty = 5 WHERE id = 1 RETURNING qty";
            command.ExecuteReader(CommandBehavior.CloseConnection).Close();
            Assert.That(connection.State, Is.EqualTo(ConnectionState.Closed));
        });

        Assert.That(RowText.Of(taken.Mutations[0]), Does.Contain("{id=1,name=bolt,qty=10,note=null} → -"));
        Assert.That(Gaps(taken), Is.EqualTo("the rows after a statement were not read: " + RowReasons.ReaderEnds));
    }

    [Test]
    public void Several_writes_in_a_batch_leave_a_gap()
    {
        Taken taken = Recorder.Record(() => Over(connection =>
        {
            using DbBatch batch = connection.CreateBatch();
            foreach (string sql in (string[])["UPDATE stock SET qty = 1 WHERE id = 1", "UPDATE stock SET qty = 2 WHERE qty = 1"])
            {
                DbBatchCommand command = batch.CreateBatchCommand();
                command.CommandText = sql;
                batch.BatchCommands.Add(command);
            }

            batch.ExecuteNonQuery();
        }));

        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: " + RowReasons.SeveralStatements));
        Assert.That(taken.Mutations, Has.Length.EqualTo(2));
    }

    [Test]
    public void Another_provider_is_not_asked()
    {
        Taken taken = Recorder.Record(() =>
        {
            using var inner = new StrangeConnection();
            using DbConnection connection = inner.WithFlightRecorder();
            using DbCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE stock SET qty = 1 WHERE id = 1";
            Assert.That(command.ExecuteNonQuery(), Is.EqualTo(1));
            Assert.That(inner.Commands, Is.EqualTo(1));
        });

        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: " + RowReasons.Provider));
    }

    private void Over(Action<DbConnection> work)
    {
        using DbConnection connection = Decorated.OpenConnection();
        work(connection);
    }

    // The tests unwrap connections to look, which leaves a gap of its own.
    private static string Gaps(Taken taken)
        => string.Join('\n', taken.Gaps.Where(gap => gap != FlightRecorder.AdoNet.Gaps.Unwrapped).Select(gap => gap.Why));
}
