using System.Data.Common;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;

namespace FlightRecorder.Tests.AdoNet.Recorded;

/// <summary>What a single-row query allocates over the plain connection, held against the decorated one.</summary>
[NonParallelizable]
public sealed class AllocationTests : StockDatabase
{
    private const int Rounds = 21;
    private const int Queries = 50;

    // What the compiler and the provider's pools make of both differs by some bytes; a decorator of one command alone takes 104.
    private const int Noise = 50;

    [Test]
    public void A_query_outside_a_recording_allocates_nothing_more()
    {
        long[] plainBytes = new long[Rounds];
        long[] decoratedBytes = new long[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            using DbConnection plain = Plain.OpenConnection();
            using DbConnection decorated = Decorated.OpenConnection();
            plainBytes[round] = Bytes(plain);
            decoratedBytes[round] = Bytes(decorated);
        }

        Assert.That(Median(decoratedBytes) - Median(plainBytes), Is.LessThan(Noise));
    }

    private static long Median(long[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
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
