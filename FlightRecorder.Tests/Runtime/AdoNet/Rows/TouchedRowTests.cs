using System.Data;
using System.Data.Common;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;

namespace FlightRecorder.Tests.AdoNet.Rows;

/// <summary>The rows before and after a statement with a where-clause.</summary>
public sealed class TouchedRowTests : StockDatabase
{
    private const string Bolt = "{id=1,name=bolt,qty=10,note=null}";
    private const string Nut = "{id=2,name=nut,qty=20,note=small}";

    [Test]
    public void An_update_of_Dapper_shows_its_row_before_and_after()
    {
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute("UPDATE stock SET qty = qty - @by WHERE id = @id", new { id = 1, by = 3 })));

        Assert.That(Rows(taken), Is.EqualTo($"[id=1] {Bolt} → {{id=1,name=bolt,qty=7,note=null}} ~qty"));
        Assert.That(taken.Mutations[0].Where, Is.EqualTo("id = @id"));
        Assert.That(taken.Gaps, Is.Empty);
    }

    [Test]
    public async Task An_update_of_Dapper_shows_its_rows_when_it_runs_async()
    {
        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbConnection connection = await Decorated.OpenConnectionAsync();
            Assert.That(await connection.ExecuteAsync("UPDATE stock SET note = 'x' WHERE qty < @below", new { below = 25 }), Is.EqualTo(2));
        });

        Assert.That(Rows(taken), Is.EqualTo(
            $"[] {Bolt}{Nut} → {{id=1,name=bolt,qty=10,note=x}}{{id=2,name=nut,qty=20,note=x}} ~note"));
        Assert.That(taken.Gaps, Is.Empty);
    }

    [Test]
    public void A_delete_shows_its_rows_before_and_none_after()
    {
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute("DELETE FROM stock AS s WHERE s.name = ANY(@names)", new { names = new[] { "bolt", "nut" } })));

        Assert.That(Rows(taken), Is.EqualTo($"[] {Bolt}{Nut} → "));
        Assert.That(taken.Mutations[0].Rows, Is.EqualTo(2));
        Assert.That(taken.Gaps, Is.Empty);
    }

    [Test]
    public void A_statement_that_meets_no_row_shows_none()
    {
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute("UPDATE stock SET qty = 1 WHERE id = 99")));

        Assert.That(taken.Mutations[0].Before, Is.Empty);
        Assert.That(taken.Mutations[0].After, Is.Empty);
    }

    [Test]
    public void The_reads_are_no_entries_of_the_timeline()
    {
        Taken taken = Recorder.Record(() => Over(connection => connection.Execute("UPDATE stock SET qty = 1 WHERE id = 1")));
        Assert.That(taken.Timeline.Select(entry => entry.Type), Is.EqualTo(new[] { "db.command", "db.mutation" }));
    }

    [Test]
    public void Positional_parameters_are_copied()
    {
        Taken taken = Recorder.Record(() => Over(connection =>
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE stock SET qty = $1 WHERE id = $2 AND name <> $3 AND id = $2";
            foreach (object value in new object[] { 5, 2, "bolt" })
            {
                DbParameter parameter = command.CreateParameter();
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }

            Assert.That(command.ExecuteNonQuery(), Is.EqualTo(1));
        }));

        Assert.That(Rows(taken), Is.EqualTo($"[id=2] {Nut} → {{id=2,name=nut,qty=5,note=small}} ~qty"));
        Assert.That(Quantity(2), Is.EqualTo(5));
    }

    [Test]
    public void Rows_beyond_the_limit_leave_a_gap()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Plain.OpenConnection().WithFlightRecorder(options => options.BeforeRowLimit = 2);
            connection.Execute("UPDATE stock SET qty = 1 WHERE id > 0");
        });

        Assert.That(taken.Mutations[0].Before, Has.Length.EqualTo(2));
        Assert.That(taken.Mutations[0].After!.Select(row => row.Single(value => value.Name == "qty").Value), Is.EqualTo(new object[] { 1, 1 }));
        Assert.That(taken.Mutations[0].Rows, Is.EqualTo(3));
        Assert.That(Gaps(taken), Is.EqualTo("only 2 rows of a statement are kept (BeforeRowLimit)"));
    }

    [TestCase(true, 0)]
    [TestCase(false, 20)]
    public void Nothing_is_read_where_no_rows_are_wanted(bool captureBefore, int limit)
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Plain.OpenConnection().WithFlightRecorder(options => (options.CaptureBefore, options.BeforeRowLimit) = (captureBefore, limit));
            connection.Execute("UPDATE stock SET qty = 1 WHERE id = 1");
        });

        Assert.That(Rows(taken), Is.EqualTo("[] - → -"));
        Assert.That(taken.Gaps, Is.Empty);
    }

    [Test]
    public void In_a_transaction_the_rows_are_those_of_the_transaction()
    {
        Taken taken = Recorder.Record(() => Over(connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute("UPDATE stock SET qty = 11 WHERE id = 1", transaction: transaction);
            connection.Execute("UPDATE stock SET qty = 12 WHERE id = 1", transaction: transaction);
            transaction.Rollback();
        }));

        Assert.That(RowText.Of(taken.Mutations[1]), Does.Contain("qty=11").And.Contain("qty=12"));
        Assert.That(taken.Outcomes, Is.All.EqualTo("update stock RolledBack"));
        Assert.That(taken.Gaps, Is.Empty);
        Assert.That(Quantity(1), Is.EqualTo(10));
    }

    [Test]
    public void In_a_transaction_begun_by_text_they_are_read_too()
    {
        Taken taken = Recorder.Record(() => Over(connection =>
        {
            connection.Execute("BEGIN;");
            connection.Execute("DELETE FROM stock WHERE id = 1");
            connection.Execute("COMMIT;");
        }));

        Assert.That(Rows(taken), Is.EqualTo($"[id=1] {Bolt} → "));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "delete stock Committed" }));
    }

    [Test]
    public void The_rows_answered_by_a_reader_are_read_again_when_it_is_closed()
    {
        Taken taken = Recorder.Record(() => Over(connection =>
            Assert.That(connection.Query<int>("UPDATE stock SET qty = qty + 1 WHERE id < 3 RETURNING qty"), Is.EquivalentTo(new[] { 11, 21 }))));

        Assert.That(taken.Mutations[0].Changed, Is.EqualTo(new[] { "qty" }));
        Assert.That(taken.Gaps, Is.Empty);
    }

    [Test]
    public async Task A_reader_closed_async_reads_them_async()
    {
        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbConnection connection = await Decorated.OpenConnectionAsync();
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE stock SET qty = 0 WHERE id = 3 RETURNING name";
            await using DbDataReader reader = await command.ExecuteReaderAsync();
            Assert.That(await reader.ReadAsync(), Is.True);
        });

        Assert.That(Rows(taken), Is.EqualTo("[id=3] {id=3,name=washer,qty=30,note=null} → {id=3,name=washer,qty=0,note=null} ~qty"));
    }

    [Test]
    public async Task A_scalar_reads_them_in_both_ways()
    {
        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbConnection connection = await Decorated.OpenConnectionAsync();
            Assert.That(connection.ExecuteScalar<int>("UPDATE stock SET qty = 1 WHERE id = 1 RETURNING qty"), Is.EqualTo(1));
            Assert.That(await connection.ExecuteScalarAsync<int>("UPDATE stock SET qty = 2 WHERE id = 1 RETURNING qty"), Is.EqualTo(2));
        });

        Assert.That(taken.Mutations.Select(mutation => mutation.Changed), Is.All.EqualTo(new[] { "qty" }));
    }

    [Test]
    public void A_batch_with_one_write_shows_its_rows()
    {
        Taken taken = Recorder.Record(() => Over(connection => Run(connection, "SELECT count(*) FROM stock", "UPDATE stock SET qty = 1 WHERE id = 1")));
        Assert.That(Rows(taken), Is.EqualTo($"[id=1] {Bolt} → {{id=1,name=bolt,qty=1,note=null}} ~qty"));
    }

    [Test]
    public void A_failed_statement_keeps_the_rows_it_would_have_touched()
    {
        Taken taken = Recorder.Record(() => Over(connection => Assert.Catch<DbException>(() => connection.Execute("UPDATE stock SET qty = -1 WHERE id = 1"))));

        Assert.That(Rows(taken), Is.EqualTo($"[id=1] {Bolt} → -"));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock RolledBack" }));
    }

    [Test]
    public async Task Secrets_in_the_rows_are_hidden_in_the_whole_line()
    {
        await RunPlainAsync("CREATE TABLE IF NOT EXISTS users (id int PRIMARY KEY, name text, password text); TRUNCATE users; INSERT INTO users VALUES (1, 'ann', 'hunter2-old')");
        string line = await Recorder.RecordLineAsync(() => Over(connection => connection.Execute("UPDATE users SET password = 'hunter2-new', name = 'hunter2-new' WHERE id = 1")));

        Assert.That(line, Does.Contain("\"before\":[{\"id\":1,\"name\":\"ann\",\"password\":\"[REDACTED]\"}]"));
        Assert.That(line, Does.Not.Contain("hunter2"));
    }

    private static void Run(DbConnection connection, params string[] commands)
    {
        using DbBatch batch = connection.CreateBatch();
        foreach (string sql in commands)
        {
            DbBatchCommand command = batch.CreateBatchCommand();
            command.CommandText = sql;
            batch.BatchCommands.Add(command);
        }

        batch.ExecuteNonQuery();
    }

    private void Over(Action<DbConnection> work)
    {
        using DbConnection connection = Decorated.OpenConnection();
        work(connection);
        Assert.That(connection.State, Is.EqualTo(ConnectionState.Open));
    }

    private static string Rows(Taken taken) => RowText.Of(taken.Mutations.Single());

    private static string Gaps(Taken taken) => string.Join('\n', taken.Gaps.Select(gap => gap.Why));
}
