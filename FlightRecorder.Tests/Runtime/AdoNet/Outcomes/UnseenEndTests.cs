using System.Data.Common;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;

namespace FlightRecorder.Tests.AdoNet.Outcomes;

/// <summary>Transactions that are let go of: what is left open is rolled back, what may have ended is not called so.</summary>
public sealed class UnseenEndTests : StockDatabase
{
    private const string Take = "UPDATE stock SET qty = qty - 1 WHERE id = 1";

    [Test]
    public async Task One_disposed_asynchronously_is_rolled_back()
    {
        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbConnection connection = await Decorated.OpenConnectionAsync();
            await using DbTransaction transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(Take);
        });
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock RolledBack" }));
        Assert.That(Quantity(1), Is.EqualTo(10));
    }

    [Test]
    public async Task One_whose_connection_is_closed_asynchronously_is_rolled_back()
    {
        Taken taken = await Recorder.RecordAsync(async () =>
        {
            await using DbConnection connection = await Decorated.OpenConnectionAsync();
            await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(Take);
            await connection.CloseAsync();
        });
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock RolledBack" }));
        Assert.That(Quantity(1), Is.EqualTo(10));
    }

    [Test]
    public void One_committed_past_the_recorder_is_unknown()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            using DbCommand commit = connection.Unwrap().CreateCommand();
            commit.CommandText = "COMMIT";
            commit.ExecuteNonQuery();
        });
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Unknown" }));
        Assert.That(Quantity(1), Is.EqualTo(9));
    }

    // Disposing reads what is left of the text, the COMMIT too.
    [TestCase(true)]
    [TestCase(false)]
    public void One_that_an_open_readers_text_commits_is_not_rolled_back(bool closes)
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            DbCommand command = connection.CreateCommand();
            command.CommandText = "SELECT g FROM generate_series(1, 100000) g; COMMIT";
            command.ExecuteReader().Read();
            if (closes)
            {
                connection.Close();
            }
            else
            {
                transaction.Dispose();
            }
        });
        Assert.That(taken.Outcomes[0], Is.Not.EqualTo("update stock RolledBack"));
        Assert.That(Quantity(1), Is.EqualTo(9));
    }

    [TestCase("COMMIT;", 9, "update stock Committed")]
    [TestCase("ROLLBACK;", 10, "update stock RolledBack")]
    public void One_begun_by_object_is_ended_by_text(string sql, int quantity, string outcome)
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(Take);
            connection.Execute(sql);
        });
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { outcome }));
        Assert.That(Quantity(1), Is.EqualTo(quantity));
    }

    [Test]
    public void One_begun_by_object_whose_commit_in_text_is_refused_is_rolled_back()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute("INSERT INTO movements (stock_id, by) VALUES (99, 1)");
            Assert.Catch<DbException>(() => connection.Execute("COMMIT;"));
        });
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "insert movements RolledBack" }));
    }
}
