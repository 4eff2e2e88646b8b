using System.Data;
using System.Data.Common;
using FlightRecorder.Tests.AdoNet.Delegation;

namespace FlightRecorder.Tests.AdoNet.Recorded;

/// <summary>Outside a recording a decorator costs its one check: no allocation, and the provider's own objects.</summary>
[NonParallelizable]
public sealed class InactiveTests
{
    private const int Rounds = 1000;

    [Test]
    public void Running_commands_and_batches_allocates_nothing()
    {
        DbConnection connection = ((DbConnection)ProviderFake.Create(typeof(DbConnection))).WithFlightRecorder();
        DbCommand command = connection.CreateCommand();
        DbBatch batch = connection.CreateBatch();
        DbTransaction transaction = connection.BeginTransaction();
        AllocatesNothing(() => command.ExecuteNonQuery());
        AllocatesNothing(() => command.ExecuteScalar());
        AllocatesNothing(() => command.ExecuteReader(CommandBehavior.SingleRow));
        AllocatesNothing(() => _ = command.ExecuteNonQueryAsync(CancellationToken.None));
        AllocatesNothing(() => _ = command.ExecuteScalarAsync(CancellationToken.None));
        AllocatesNothing(() => _ = command.ExecuteReaderAsync(CommandBehavior.Default, CancellationToken.None));
        AllocatesNothing(() => batch.ExecuteNonQuery());
        AllocatesNothing(() => _ = batch.ExecuteReaderAsync(CommandBehavior.Default, CancellationToken.None));
        AllocatesNothing(() => _ = transaction.CommitAsync());
        AllocatesNothing(connection.Close);
        AllocatesNothing(connection.Open);
        AllocatesNothing(() => _ = connection.CloseAsync());
    }

    [Test]
    public void The_reader_is_the_providers_own()
    {
        DbConnection connection = ((DbConnection)ProviderFake.Create(typeof(DbConnection))).WithFlightRecorder();
        Assert.That(connection.CreateCommand().ExecuteReader(), Is.SameAs(ProviderCalls.AnswerOf(typeof(DbDataReader))));
    }

    private static void AllocatesNothing(Action run)
    {
        ProviderCalls.Clear();
        for (int i = 0; i < Rounds * 2; i++)
        {
            run();
        }

        // The list of calls has room by now.
        ProviderCalls.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            run();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(Rounds), "bytes for all rounds");
        Assert.That(ProviderCalls.All, Is.Not.Empty);
    }
}
