using FlightRecorder.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlightRecorder.Benchmarks.Torture;

/// <summary>A process that ships a journal directory once, and says when it begins: to be killed.</summary>
internal static class ShipOnce
{
    /// <summary>The environment variable with the connection string.</summary>
    public const string StoreVariable = "FLIGHT_TORTURE_POSTGRES";

    public static PostgresStoreOptions Options() => new()
    {
        MaxAge = TimeSpan.FromDays(3653),
        MaxBatchBytes = 64 * 1024,
        LockTimeout = TimeSpan.FromMilliseconds(100),
    };

    public static async Task<int> RunAsync(string journal)
    {
        await using PostgresConnections connections = PostgresConnections.To(Environment.GetEnvironmentVariable(StoreVariable)!, Options());
        await using var shipper = new Shipper(journal, connections, NullLogger.Instance);
        Console.WriteLine("begins");
        return await shipper.TryShipAsync(CancellationToken.None).ConfigureAwait(false) ? 0 : 1;
    }
}
