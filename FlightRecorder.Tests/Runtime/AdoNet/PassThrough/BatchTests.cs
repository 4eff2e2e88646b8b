using System.Data.Common;
using FlightRecorder.Tests.AdoNet.Support;
using Npgsql;

namespace FlightRecorder.Tests.AdoNet.PassThrough;

public sealed class BatchTests : StockDatabase
{
    [Test]
    public void Batches_run_and_tell_each_commands_rows()
    {
        int rows = 0;
        Taken taken = Recorder.Record(() =>
        {
            using DbConnection connection = Decorated.OpenConnection();
            Assert.That(connection.CanCreateBatch, Is.True);
            using DbBatch batch = connection.CreateBatch();
            Add(batch, "UPDATE stock SET qty = qty + 1");
            Add(batch, "DELETE FROM stock WHERE id = 3");
            Add(batch, "SELECT 1");
            rows = batch.ExecuteNonQuery();
        });
        Assert.That(rows, Is.EqualTo(4));
        Assert.That(taken.Commands.Select(command => command.Detail), Is.EqualTo(new[] { "batch 1 of 3", "batch 2 of 3", "batch 3 of 3" }));
        Assert.That(taken.Mutations.Select(mutation => $"{mutation.Operation} {mutation.Rows} {mutation.Outcome}"), Is.EqualTo(new[] { "update 3 Committed", "delete 1 Committed" }));
    }

    [Test]
    public void A_failed_batch_names_the_command_that_the_app_knows()
    {
        Taken taken = Recorder.Record(() =>
        {
            using DbBatch batch = Decorated.CreateBatch();
            Add(batch, "UPDATE stock SET qty = qty + 1");
            DbBatchCommand bad = Add(batch, "UPDATE stock SET qty = -1");
            Assert.That(Assert.Throws<PostgresException>(() => batch.ExecuteNonQuery())!.BatchCommand, Is.SameAs(bad));
        });

        // A batch may have error barriers, after which the first command stays done.
        Assert.That(taken.Outcomes, Is.EqualTo(new[] { "update stock Unknown", "update stock Unknown" }));
    }

    private static DbBatchCommand Add(DbBatch batch, string sql)
    {
        DbBatchCommand command = batch.CreateBatchCommand();
        command.CommandText = sql;
        batch.BatchCommands.Add(command);
        return command;
    }
}
