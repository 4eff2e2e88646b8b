using System.Data.Common;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;

namespace FlightRecorder.Tests.AdoNet.Recorded;

/// <summary>What a single-row query allocates over the plain connection, held against the decorated one.</summary>
[NonParallelizable]
public sealed class AllocationTests : StockDatabase
{
    private const int Rounds = 20;
    private const int Queries = 50;

    // An object is at least so large.
    private const int SmallestObject = 24;

    [Test]
    public void A_query_outside_a_recording_allocates_nothing_more()
    {
        // The provider's own objects come and go with its connectors and their buffers, so some rounds cost more; what a decorator
        // allocates is in all of them.
        (long plainBytes, long decoratedBytes) = (long.MaxValue, long.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            using DbConnection plain = Plain.OpenConnection();
            using DbConnection decorated = Decorated.OpenConnection();
            plainBytes = Math.Min(plainBytes, Bytes(plain));
            decoratedBytes = Math.Min(decoratedBytes, Bytes(decorated));
        }

        Assert.That(decoratedBytes - plainBytes, Is.LessThan(SmallestObject));
    }

    private static long Bytes(DbConnection connection)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Queries; i++)
        {
            connection.QuerySingle<string>("SELECT name FROM stock WHERE id = @id", new { id = 1 });
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Queries;
    }
}
