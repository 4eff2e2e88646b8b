using System.Data.Common;
using System.Transactions;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;
using Npgsql;

namespace FlightRecorder.Tests.AdoNet.Outcomes;

/// <summary>
/// The server sends errors that no decorated object gets to see, and answers the COMMIT of a transaction that one took down with ROLLBACK,
/// which the provider does not tell.
/// </summary>
public sealed class UnseenFailureTests : StockDatabase
{
    private const string Take = "UPDATE stock SET qty = qty - 1 WHERE id = 1";
    private const string Fails = "SELECT 1 / 0";

    // Enough rows that the first ones are on their way when the division fails.
    private const string FailsLate = "SELECT 1000 / (5000 - g) FROM generate_series(1, 10000) g";

    [Test]
    public void An_undecorated_command_takes_the_transaction_down_for_a_commit_by_object()
        => Expect(10, "update stock Unknown", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            Refuse(connection.Unwrap(), Fails);
            transaction.Commit();
        });

    [Test]
    public void An_undecorated_command_takes_the_transaction_down_for_a_commit_by_text()
        => Expect(10, "update stock Unknown", connection =>
        {
            connection.Execute("BEGIN;");
            connection.Execute(Take);
            Refuse(connection.Unwrap(), Fails);
            connection.Execute("COMMIT;");
        });

    [Test]
    public void An_undecorated_command_takes_the_scope_down()
    {
        Taken taken = Recorder.Record(() =>
        {
            using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            using DbConnection connection = Decorated.OpenConnection();
            connection.Execute(Take);
            Refuse(connection.Unwrap(), Fails);
            scope.Complete();
        });

        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Unknown" }));
        Assert.That(Quantity(1), Is.EqualTo(10));
    }

    [Test]
    public void A_refused_copy_takes_the_transaction_down()
        => Expect(10, "update stock Unknown", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            Assert.Throws<PostgresException>(() => ((NpgsqlConnection)connection.Unwrap()).BeginBinaryImport("COPY nowhere FROM STDIN (FORMAT BINARY)"));
            transaction.Commit();
        });

    [Test]
    public void A_command_that_could_not_be_prepared_takes_the_transaction_down()
        => Expect(10, "update stock Unknown", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            using DbCommand command = connection.CreateCommand();
            command.CommandText = "SELECT * FROM nowhere";
            Assert.Throws<PostgresException>(command.Prepare);
            transaction.Commit();
        });

    [Test]
    public void A_failure_in_a_recording_inside_of_this_one_counts_too()
        => Expect(10, "update stock Unknown", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            using (Flight.Begin("inside"))
            {
                Assert.Throws<PostgresException>(() => connection.Execute(Fails));
            }

            transaction.Commit();
        });

    [Test]
    public void A_rollback_to_a_savepoint_makes_the_transaction_sound_again()
        => Expect(9, "update stock Committed|delete movements RolledBack", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            transaction.Save("here");
            connection.Execute("DELETE FROM movements");
            Refuse(connection.Unwrap(), Fails);
            transaction.Rollback("here");
            transaction.Commit();
        });

    [Test]
    public void A_rollback_to_a_savepoint_that_nobody_saw_leaves_the_outcome_unknown()
        => Expect(9, "update stock Unknown|delete movements Unknown|delete movements Unknown", connection =>
        {
            connection.Execute("BEGIN;");
            connection.Execute(Take);
            Run(connection.Unwrap(), "SAVEPOINT here");
            Assert.Throws<PostgresException>(() => connection.Execute("DELETE FROM movements WHERE 1 / (id - id) = 1 OR 1 / 0 = 1"));
            Run(connection.Unwrap(), "ROLLBACK TO SAVEPOINT here");
            connection.Execute("DELETE FROM movements");
            connection.Execute("COMMIT;");
        });

    [Test]
    public void What_failed_before_the_transaction_leaves_it_alone()
        => Expect(9, "update stock Committed", connection =>
        {
            Refuse(connection.Unwrap(), Fails);
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            transaction.Commit();
        });

    [TestCase(Fails)]
    [TestCase(FailsLate)]
    [TestCase("UPDATE stock SET qty = -1")]
    [TestCase("BEGIN; " + Fails)]
    public void What_is_known_to_have_failed_on_another_connection_leaves_the_transaction_alone(string fails)
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            using DbConnection other = Decorated.OpenConnection();
            Assert.Throws<PostgresException>(() => other.Query<int>(fails).ToList());
            transaction.Commit();
        });

        Assert.That(taken.Outcomes[0], Is.EqualTo("update stock Committed"));
        Assert.That(Quantity(1), Is.EqualTo(9));
    }

    [Test]
    public void A_failed_read_of_rows_before_leaves_the_transaction_alone()
    {
        DbDataSource reading = ((NpgsqlDataSource)Plain).WithFlightRecorder(options => options.CaptureBefore = true);
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = reading.OpenConnection();
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute("UPDATE stock SET qty = qty - 1 WHERE id = 1 AND pg_sleep(1.3) IS NOT NULL");
            transaction.Commit();
        });

        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed" }), string.Join('|', taken.Outcomes));
    }

    // What the provider hides: the app asked for no more than the first result.
    [Test]
    public void A_time_out_that_closing_the_reader_hides_leaves_the_outcome_unknown()
        => Expect(10, "update stock Unknown", connection =>
        {
            using DbCommand command = Slow(connection, Take + "; SELECT 1; SELECT pg_sleep(20)");
            using DbDataReader reader = command.ExecuteReader();
            Assert.That(reader.Read());
        });

    [Test]
    public void A_time_out_that_closing_the_reader_hides_takes_the_transaction_down()
        => Expect(10, "update stock Unknown", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            using (DbCommand command = Slow(connection, "SELECT 1; SELECT pg_sleep(20)"))
            {
                command.ExecuteScalar();
            }

            transaction.Commit();
        });

    private static DbCommand Slow(DbConnection connection, string sql)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 1;
        return command;
    }

    private static void Refuse(DbConnection provider, string sql) => Assert.Throws<PostgresException>(() => Run(provider, sql));

    private static void Run(DbConnection provider, string sql)
    {
        using DbCommand command = provider.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Expect(int quantity, string outcomes, Action<DbConnection> work)
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            work(connection);
        });

        Assert.That(string.Join('|', taken.Outcomes), Is.EqualTo(outcomes));
        Assert.That(Quantity(1), Is.EqualTo(quantity));
    }
}
