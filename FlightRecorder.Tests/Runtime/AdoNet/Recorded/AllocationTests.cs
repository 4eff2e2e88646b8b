using System.Data.Common;
using Dapper;
using FlightRecorder.Tests.AdoNet.Support;

namespace FlightRecorder.Tests.AdoNet.Recorded;

/// <summary>What a query or an update of a single row allocates over the plain connection, held against the decorated one.</summary>
[NonParallelizable]
public sealed class AllocationTests : StockDatabase
{
    private const int Rounds = 21;
    private const int Queries = 50;

    // What the compiler and the provider's pools make of both differs by some bytes; a decorator of one command alone takes 104.
    private const int Noise = 50;

    [TestCase("SELECT name FROM stock WHERE id = @id")]
    [TestCase("UPDATE stock SET qty = 10 WHERE id = @id RETURNING name")]
    public void A_command_outside_a_recording_allocates_nothing_more(string sql)
    {
        long[] plainBytes = new long[Rounds];
        long[] decoratedBytes = new long[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            using DbConnection plain = Plain.OpenConnection();
            using DbConnection decorated = Decorated.OpenConnection();
            plainBytes[round] = Bytes(plain, sql);
            decoratedBytes[round] = Bytes(decorated, sql);
        }

        Assert.That(Median(decoratedBytes) - Median(plainBytes), Is.LessThan(Noise));
    }

    private static long Median(long[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static long Bytes(DbConnection connection, string sql)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Queries; i++)
        {
            connection.QuerySingle<string>(sql, new { id = 1 });
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Queries;
    }
}
