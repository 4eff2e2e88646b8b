using System.Data.Common;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;

namespace FlightRecorder.Tests.AdoNet.Recorded;

/// <summary>What a single-row query allocates over the plain connection, held against the decorated one.</summary>
[NonParallelizable]
public sealed class AllocationTests : StockDatabase
{
    private const int Rounds = 200;

    // The provider's pooled buffers come and go with other threads; a decorator costs at least 24 bytes.
    private const int Noise = 20;

    [Test]
    public void A_query_outside_a_recording_allocates_nothing_more()
    {
        using DbConnection plain = Plain.OpenConnection();
        using DbConnection decorated = Decorated.OpenConnection();
        Bytes(plain);
        Bytes(decorated);

        Assert.That(Bytes(decorated) - Bytes(plain), Is.LessThan(Noise));
    }

    private static long Bytes(DbConnection connection)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            connection.QuerySingle<string>("SELECT name FROM stock WHERE id = @id", new { id = 1 });
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
