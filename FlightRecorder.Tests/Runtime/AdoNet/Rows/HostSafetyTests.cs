using System.Data.Common;
using System.Diagnostics;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;
using Npgsql;
using NpgsqlTypes;

namespace FlightRecorder.Tests.AdoNet.Rows;

/// <summary>A read of the recorder's that fails, hangs or would write changes nothing for the app: not its result, not its transaction.</summary>
public sealed class HostSafetyTests : StockDatabase
{
    private NpgsqlDataSource _clerk = null!;

    [OneTimeSetUp]
    public async Task PrepareAsync()
    {
        await RunPlainAsync("""
            CREATE TABLE calls (id int);
            CREATE FUNCTION slowly(int, int) RETURNS boolean LANGUAGE plpgsql COST 1000000 AS 'BEGIN PERFORM pg_sleep(1.4); RETURN $1 = $2; END';
            CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = slowly);
            CREATE FUNCTION counting(int, int) RETURNS boolean LANGUAGE plpgsql COST 1000000 AS 'BEGIN INSERT INTO calls VALUES ($1); RETURN $1 = $2; END';
            CREATE OPERATOR <=> (LEFTARG = int, RIGHTARG = int, FUNCTION = counting);
            DO $$ BEGIN CREATE ROLE clerk LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
            GRANT SELECT (id, qty), UPDATE (qty) ON stock TO clerk;
            """);
        _clerk = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Plain.ConnectionString) { Username = "clerk" });
    }

    [OneTimeTearDown]
    public async Task EndAsync() => await _clerk.DisposeAsync();

    [TestCase(false)]
    [TestCase(true)]
    public void A_read_that_may_not_be_done_leaves_the_transaction_sound(bool isByText)
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = _clerk.OpenConnection().WithFlightRecorder();
            InTransaction(connection, isByText, () =>
            {
                Assert.That(connection.Execute("UPDATE stock SET qty = qty + 1 WHERE id = 1"), Is.EqualTo(1));
                Assert.That(connection.Execute("UPDATE stock SET qty = qty + 1 WHERE id = 1"), Is.EqualTo(1));
            });
        });

        Assert.That(Quantity(1), Is.EqualTo(12));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed", "update stock Committed" }));
        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: the app's user may not read them"));
    }

    [Test]
    public void A_slim_data_source_which_knows_few_types_shows_rows_inside_a_transaction()
    {
        using DbDataSource slim = new NpgsqlSlimDataSourceBuilder(Plain.ConnectionString).Build().WithFlightRecorder();
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = slim.OpenConnection();
            InTransaction(connection, isByText: false, () =>
            {
                Assert.That(connection.ExecuteScalar("UPDATE stock SET qty = qty - 1 WHERE name = 'bolt' AND qty >= 1 RETURNING note"), Is.Null);
                Assert.That(connection.Execute("INSERT INTO movements (stock_id, by) VALUES (1, 1)"), Is.EqualTo(1));
            });
        });

        Assert.That(Quantity(1), Is.EqualTo(9));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed", "insert movements Committed" }));
        Assert.That(RowText.Of(taken.Mutations[0]), Is.EqualTo("[id=1] {id=1,name=bolt,qty=10,note=null} → {id=1,name=bolt,qty=9,note=null} ~qty"));
    }

    [Test]
    public async Task A_read_that_takes_too_long_leaves_the_transaction_sound()
    {
        TimeSpan elapsed = default;
        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbConnection connection = await Decorated.OpenConnectionAsync();
            await using DbTransaction transaction = await connection.BeginTransactionAsync();
            var watch = Stopwatch.StartNew();
            Assert.That(await connection.ExecuteAsync("UPDATE stock SET qty = 3 WHERE id = 1 AND id === 1", transaction: transaction), Is.EqualTo(1));
            elapsed = watch.Elapsed;
            Assert.That(await connection.ExecuteScalarAsync<string>("SHOW statement_timeout"), Is.EqualTo("0"));
            Assert.That(await connection.ExecuteScalarAsync<string>("SHOW transaction_read_only"), Is.EqualTo("off"));
            await transaction.CommitAsync();
        });

        Assert.That(Quantity(1), Is.EqualTo(3));
        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: reading them took too long"));
        Assert.That(elapsed.TotalMicroseconds - taken.Commands[0].DurationUs, Is.GreaterThan(900_000), "the time of the read counts as the statement's");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_read_that_would_write_writes_nothing(bool isInTransaction)
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            Action work = () => Assert.That(connection.Execute("UPDATE stock SET qty = 3 WHERE id = 1 AND id <=> 1"), Is.EqualTo(1));
            if (isInTransaction)
            {
                InTransaction(connection, isByText: false, work);
            }
            else
            {
                work();
            }

            Assert.That(connection.ExecuteScalar<int>("WITH gone AS (DELETE FROM calls RETURNING 1) SELECT count(*)::int FROM gone"), Is.EqualTo(1));
        });

        Assert.That(Gaps(taken), Does.Contain("reading them failed (SQLSTATE 25006)"));
        Assert.That(Quantity(1), Is.EqualTo(3));
    }

    [Test]
    public async Task A_table_locked_by_another_is_not_waited_for_by_the_read()
    {
        await using DbConnection other = await Plain.OpenConnectionAsync();
        DbTransaction locking = await other.BeginTransactionAsync();
        await other.ExecuteAsync("LOCK TABLE stock IN ACCESS EXCLUSIVE MODE", transaction: locking);

        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbConnection connection = await Decorated.OpenConnectionAsync();
            Task<int> running = connection.ExecuteAsync("UPDATE stock SET qty = 3 WHERE id = 1");
            while (await other.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'RowExclusiveLock' AND relation = 'stock'::regclass", transaction: locking) == 0)
            {
                await Task.Delay(10);
            }

            await locking.CommitAsync();
            Assert.That(await running, Is.EqualTo(1));
        });

        Assert.That(Gaps(taken), Is.EqualTo("the rows of a statement were not read: the table was locked"));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed" }));
    }

    [Test]
    public void Savepoints_of_the_app_are_where_they_were()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute("UPDATE stock SET qty = 1 WHERE id = 1", transaction: transaction);
            transaction.Save("flight");
            connection.Execute("UPDATE stock SET qty = 2 WHERE id = 1", transaction: transaction);
            transaction.Rollback("flight");
            connection.Execute("UPDATE stock SET qty = 5 WHERE id = 2", transaction: transaction);
            transaction.Commit();
        });

        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed", "update stock RolledBack", "update stock Committed" }));
        Assert.That((Quantity(1), Quantity(2)), Is.EqualTo((1, 5)));
        Assert.That(taken.Gaps, Is.Empty);
    }

    [TestCase("UPDATE stock SET qty = qty + 1 WHERE id < 3")]
    [TestCase("UPDATE stock SET qty = -1 WHERE id = 1")]
    [TestCase("UPDATE stock SET qty = 1 WHERE nothing = 1")]
    [TestCase("UPDATE stock SET qty = 1 WHERE id = 'x'")]
    [TestCase("UPDATE nowhere SET qty = 1 WHERE id = 1")]
    [TestCase("DELETE FROM stock WHERE id > 1")]
    [TestCase("UPDATE stock SET name = NULL WHERE id = 1")]
    public void The_result_the_error_and_the_rows_are_those_of_the_plain_connection(string sql)
    {
        foreach (bool isInTransaction in (bool[])[false, true])
        {
            string plain = Outcome(Plain, sql, isInTransaction);
            FillAsync().Wait();
            string decorated = "";
            Recorder.Record(() => decorated = Outcome(Decorated, sql, isInTransaction));
            FillAsync().Wait();
            Assert.That(decorated, Is.EqualTo(plain));
        }
    }

    [Test]
    public void A_transaction_begun_behind_the_decorator_is_noticed_all_the_same()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = _clerk.OpenConnection().WithFlightRecorder();
            using DbCommand begin = connection.Unwrap().CreateCommand();
            begin.CommandText = "BEGIN";
            begin.ExecuteNonQuery();
            Assert.That(connection.Execute("UPDATE stock SET qty = 3 WHERE id = 1"), Is.EqualTo(1));
            begin.CommandText = "COMMIT";
            begin.ExecuteNonQuery();
        });

        Assert.That(Gaps(taken), Does.Contain("may not read them"));
        Assert.That(Quantity(1), Is.EqualTo(3), "the failed read took the app's transaction down");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_parameter_that_the_provider_refuses_leaves_the_transaction_sound(bool isKnownTable)
    {
        TableShapes.Forget(Plain.ConnectionString, "stock");
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            if (isKnownTable)
            {
                connection.Execute("UPDATE stock SET qty = 9 WHERE id = 3");
            }

            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute("UPDATE stock SET qty = 8", transaction: transaction);
            using DbCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE stock SET qty = 4 WHERE id = @id";
            command.Parameters.Add(new NpgsqlParameter("id", NpgsqlDbType.Integer) { Value = "no number" });
            Assert.Catch<Exception>(() => command.ExecuteNonQuery());
            Assert.That(connection.Execute("UPDATE stock SET qty = 7 WHERE id = 1", transaction: transaction), Is.EqualTo(1));
            transaction.Commit();
        });

        Assert.That(Gaps(taken), Does.Contain(RowReasons.Parameter));
        Assert.That((Quantity(1), Quantity(2)), Is.EqualTo((7, 8)));
    }

    [Test]
    public void A_prepared_command_runs_as_before()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            using DbCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE stock SET qty = @qty WHERE id = @id";
            foreach ((string name, int value) in ((string, int)[])[("qty", 4), ("id", 1)])
            {
                DbParameter parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            command.Prepare();
            for (int i = 1; i <= 3; i++)
            {
                command.Parameters["id"].Value = i;
                Assert.That(command.ExecuteNonQuery(), Is.EqualTo(1));
            }
        });

        Assert.That(taken.Mutations.Select(mutation => mutation.Key![0].Value), Is.EqualTo(new object[] { 1, 2, 3 }));
        Assert.That(taken.Gaps, Is.Empty);
    }

    [Test]
    public async Task A_table_that_changed_is_asked_for_again()
    {
        await RunPlainAsync("DROP TABLE IF EXISTS shifting; CREATE TABLE shifting (id int PRIMARY KEY, a int, b int); INSERT INTO shifting VALUES (1, 2, 3)");
        void Update() => Over(connection => connection.Execute("UPDATE shifting SET a = a + 1 WHERE id = 1"));
        Recorder.Record(Update);
        await RunPlainAsync("ALTER TABLE shifting DROP COLUMN b");

        Assert.That(Gaps(Recorder.Record(Update)), Does.Contain("SQLSTATE 42703"));
        Assert.That(RowText.Of(Recorder.Record(Update).Mutations[0]), Is.EqualTo("[id=1] {id=1,a=4} → {id=1,a=5} ~a"));
    }

    private static void InTransaction(DbConnection connection, bool isByText, Action work)
    {
        if (isByText)
        {
            connection.Execute("BEGIN;");
            work();
            connection.Execute("COMMIT;");
            return;
        }

        using DbTransaction transaction = connection.BeginTransaction();
        work();
        transaction.Commit();
    }

    // What the app sees: the result or the error, whether the transaction can go on, and the rows.
    private string Outcome(DbDataSource source, string sql, bool isInTransaction)
    {
        using DbConnection connection = source.OpenConnection();
        using DbTransaction? transaction = isInTransaction ? connection.BeginTransaction() : null;
        string told = Told(() => connection.Execute(sql, transaction: transaction));
        told += Told(() => connection.Execute("UPDATE stock SET note = 'on' WHERE id = 3", transaction: transaction));
        told += Told(() => transaction?.Commit());
        using DbConnection plain = Plain.OpenConnection();
        return told + string.Join(';', plain.Query<string>("SELECT stock::text FROM stock ORDER BY id"));
    }

    private static string Told(Func<int> run) => Told(() => { _ = run(); }) is { Length: > 0 } error ? error : "ran ";

    private static string Told(Action run)
    {
        try
        {
            run();
            return "";
        }
        catch (DbException error)
        {
            return error.SqlState + error.Message + " ";
        }
    }

    private void Over(Action<DbConnection> work)
    {
        using DbConnection connection = Decorated.OpenConnection();
        work(connection);
    }

    private static string Gaps(Taken taken) => string.Join('\n', taken.Gaps.Select(gap => gap.Why));
}
