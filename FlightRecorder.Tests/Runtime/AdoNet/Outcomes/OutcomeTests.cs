using System.Data;
using System.Data.Common;
using System.Transactions;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;
using Npgsql;
using IsolationLevel = System.Data.IsolationLevel;

namespace FlightRecorder.Tests.AdoNet.Outcomes;

/// <summary>"committed" is said only of work whose commit was observed; each test also looks at what the database says.</summary>
public sealed class OutcomeTests : StockDatabase
{
    private const string Take = "UPDATE stock SET qty = qty - 1 WHERE id = 1";
    private const string Refused = "UPDATE stock SET qty = -1 WHERE id = 2";

    [Test]
    public void A_statement_on_its_own_is_committed()
        => Expect(9, "update stock Committed", connection => connection.Execute(Take));

    [Test]
    public void A_statement_that_the_server_refuses_is_rolled_back()
        => Expect(10, "update stock RolledBack", connection => Assert.Throws<PostgresException>(() => connection.Execute(Refused)));

    [Test]
    public void A_value_that_cannot_be_sent_makes_no_mutation()
    {
        Taken taken = Record(connection =>
        {
            using DbCommand command = Command(connection, "UPDATE stock SET qty = @qty WHERE id = 1");
            command.Parameters.Add(new NpgsqlParameter("qty", NpgsqlTypes.NpgsqlDbType.Integer) { Value = new object() });
            Assert.That(() => command.ExecuteNonQuery(), Throws.Exception);
        });

        Assert.That(taken.Mutations, Is.Empty);
        Assert.That(taken.Commands.Single().Error, Is.Not.Null);
    }

    [Test]
    public void A_committed_transaction_commits_all_of_it()
    {
        Taken taken = Expect(8, "update stock Committed|update stock Committed", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take, transaction: transaction);
            connection.Execute(Take, transaction: transaction);
            transaction.Commit();
        });
        Assert.That(taken.Mutations.Select(mutation => mutation.Transaction), Is.EqualTo(new[] { "t1", "t1" }));
    }

    [Test]
    public async Task Asynchronous_commits_and_rollbacks_are_seen()
    {
        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbConnection connection = await Decorated.OpenConnectionAsync();
            await using (DbTransaction first = await connection.BeginTransactionAsync())
            {
                await connection.ExecuteAsync(Take);
                await first.CommitAsync();
            }

            await using DbTransaction second = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(Take);
            await second.RollbackAsync();
        });
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed", "update stock RolledBack" }));
        Assert.That(Quantity(1), Is.EqualTo(9));
    }

    [Test]
    public void A_rolled_back_transaction_rolls_back_all_of_it()
        => Expect(10, "update stock RolledBack", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            transaction.Rollback();
        });

    [Test]
    public void A_transaction_disposed_before_its_end_is_rolled_back()
        => Expect(10, "update stock RolledBack", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
        });

    [Test]
    public void A_connection_closed_before_the_end_rolls_back()
        => Expect(10, "update stock RolledBack", connection =>
        {
            connection.BeginTransaction();
            connection.Execute(Take);
            connection.Close();
        });

    [Test]
    public void What_came_after_a_savepoint_is_rolled_back_with_it()
        => Expect(9, "update stock Committed|delete movements RolledBack", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            transaction.Save("here");
            connection.Execute("DELETE FROM movements");
            transaction.Rollback("here");
            transaction.Commit();
        });

    [Test]
    public void A_commit_after_a_failed_statement_commits_nothing()
        => Expect(10, "update stock RolledBack|update stock RolledBack", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            Assert.Throws<PostgresException>(() => connection.Execute(Refused));
            transaction.Commit();
        });

    [Test]
    public void A_failed_query_dooms_the_transaction_too()
        => Expect(10, "update stock RolledBack", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            Assert.Throws<PostgresException>(() => connection.Query<int>("SELECT 1 / (qty - qty) FROM stock").ToList());
            transaction.Commit();
        });

    [Test]
    public void A_commit_that_the_server_refuses_is_a_rollback()
        => Expect(10, "update stock RolledBack|insert movements RolledBack", connection =>
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            connection.Execute("INSERT INTO movements (stock_id, by) VALUES (99, 1)");
            Assert.Throws<PostgresException>(transaction.Commit);
        });

    [Test]
    public void Transaction_control_in_text_counts()
        => Expect(9, "update stock Committed|delete stock RolledBack", connection =>
        {
            connection.Execute("BEGIN;");
            connection.Execute(Take);
            connection.Execute("SAVEPOINT here");
            connection.Execute("DELETE FROM stock WHERE id = 1");
            connection.Execute("ROLLBACK TO SAVEPOINT here");
            connection.Execute("COMMIT;");
        });

    [Test]
    public void A_rollback_in_text_counts()
        => Expect(10, "update stock RolledBack", connection => connection.Execute($"BEGIN; {Take}; ROLLBACK"));

    [Test]
    public void A_text_left_open_leaves_the_outcome_unknown()
        => Expect(10, "update stock Unknown", connection => connection.Execute($"BEGIN; {Take}"));

    [Test]
    public void A_text_with_its_own_transaction_that_fails_leaves_the_outcome_unknown()
        => Expect(9, "update stock Unknown|update stock Unknown", connection =>
            Assert.Throws<PostgresException>(() => connection.Execute($"BEGIN; {Take}; COMMIT; {Refused}")));

    [Test]
    public void A_later_result_that_fails_undoes_the_whole_text()
        => Expect(10, "update stock RolledBack|update stock RolledBack", connection =>
        {
            using DbCommand command = Command(connection, $"{Take}; SELECT 1; {Refused}");
            Assert.Throws<PostgresException>(() =>
            {
                using DbDataReader reader = command.ExecuteReader();
                reader.NextResult();
            });
        });

    [Test]
    public void A_reader_cancelled_before_its_end_leaves_the_outcome_unknown()
    {
        Taken taken = Record(connection =>
        {
            using DbCommand command = Command(connection, $"{Take}; SELECT 1");
            using DbDataReader reader = command.ExecuteReader();
            command.Cancel();
        });

        // It was too late to cancel, but closing the reader does not tell.
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Unknown" }));
    }

    [Test]
    public void A_connection_lost_under_the_reader_leaves_the_outcome_unknown()
    {
        Taken taken = Record(connection =>
        {
            int backend = connection.ExecuteScalar<int>("SELECT pg_backend_pid()");
            using DbCommand command = Command(connection, "UPDATE stock SET qty = 1 RETURNING repeat('x', 20000000)");
            DbDataReader reader = command.ExecuteReader(CommandBehavior.SequentialAccess);
            Plain.CreateCommand($"SELECT pg_terminate_backend({backend})").ExecuteScalar();
            Assert.Catch<NpgsqlException>(reader.Dispose);
        });
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Unknown" }));
    }

    [Test]
    public void A_transaction_begun_before_the_recording_is_known()
    {
        using DbConnection connection = Decorated.OpenConnection();
        using DbTransaction transaction = connection.BeginTransaction();
        Taken taken = Recorder.Record(() => connection.Execute(Take));
        transaction.Rollback();
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Unknown" }));
    }

    [Test]
    public void A_transaction_begun_by_text_before_the_recording_is_known()
    {
        using DbConnection connection = Decorated.OpenConnection();
        connection.Execute("begin transaction isolation level serializable");
        Taken taken = Recorder.Record(() => connection.Execute(Take));
        connection.Execute("ROLLBACK;");
        Taken after = Recorder.Record(() => connection.Execute(Take));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Unknown" }));
        Assert.That(after.Outcomes, Is.EqualTo(new[] { "update stock Committed" }));
    }

    [Test]
    public async Task A_transaction_ended_outside_the_recording_is_not_taken_for_open()
    {
        await using DbConnection connection = await Decorated.OpenConnectionAsync();
        DbTransaction transaction = await connection.BeginTransactionAsync();
        await transaction.CommitAsync();
        Taken taken = Recorder.Record(() => connection.Execute(Take));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed" }));
    }

    [Test]
    public void A_providers_own_transaction_given_to_the_command_is_known()
    {
        using var provider = (NpgsqlConnection)Plain.OpenConnection();
        using DbTransaction transaction = provider.BeginTransaction();
        Taken taken = Recorder.Record(() => provider.WithFlightRecorder().Execute(Take, transaction: transaction));
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Unknown" }));
    }

    [Test]
    public void A_providers_own_transaction_that_ended_is_not_taken_for_open()
    {
        using var provider = (NpgsqlConnection)Plain.OpenConnection();
        using DbConnection decorated = provider.WithFlightRecorder();
        using DbTransaction transaction = provider.BeginTransaction();
        Taken taken = Recorder.Record(() =>
        {
            decorated.Execute(Take, transaction: transaction);
            transaction.Commit();
            decorated.Execute(Take);
        });

        // Its commit went past the recorder: nothing is said of what it held, and what follows commits by itself.
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Unknown", "update stock Committed" }));
        Assert.That(Quantity(1), Is.EqualTo(8));
    }

    [TestCase(true, 9, "update stock Committed")]
    [TestCase(false, 10, "update stock RolledBack")]
    public void A_scope_settles_what_was_done_under_it(bool completes, int quantity, string outcome)
    {
        Taken taken = Recorder.Record(() =>
        {
            using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            using DbConnection connection = Decorated.OpenConnection();
            connection.Execute(Take);
            if (completes)
            {
                scope.Complete();
            }
        });
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { outcome }));
        Assert.That(Quantity(1), Is.EqualTo(quantity));
    }

    [Test]
    public void A_scope_settles_what_a_data_sources_command_did()
    {
        Taken taken = Recorder.Record(() =>
        {
            using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
            {
                Decorated.CreateCommand(Take).ExecuteNonQuery();
            }
        });
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock RolledBack" }));
        Assert.That(Quantity(1), Is.EqualTo(10));
    }

    [Test]
    public void A_connection_opened_before_the_scope_takes_no_outcome_from_it()
        => Expect(9, "update stock Unknown", connection =>
        {
            using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
            {
                connection.Execute(Take);
            }
        });

    [Test]
    public void An_enlisted_connection_takes_its_outcome_from_the_transaction()
        => Expect(10, "update stock RolledBack", connection =>
        {
            using var transaction = new CommittableTransaction();
            connection.EnlistTransaction(transaction);
            connection.Execute(Take);
            transaction.Rollback();
        });

    [Test]
    public void Two_decorators_of_one_connection_share_its_transaction()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection provider = Plain.OpenConnection();
            DbConnection first = provider.WithFlightRecorder();
            using DbTransaction transaction = first.BeginTransaction(IsolationLevel.ReadCommitted);
            provider.WithFlightRecorder().Execute(Take, transaction: transaction);
            transaction.Commit();
        });
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Committed" }));
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private Taken Record(Action<DbConnection> work)
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            work(connection);
        });
        Assert.That(Recorder.Faults, Is.Zero);
        return taken;
    }

    private Taken Expect(int quantity, string outcomes, Action<DbConnection> work)
    {
        Taken taken = Record(work);
        Assert.That(string.Join('|', taken.Outcomes), Is.EqualTo(outcomes));
        Assert.That(Quantity(1), Is.EqualTo(quantity));
        return taken;
    }
}
