using FlightRecorder.Tests.Support.PostgreSql;

namespace FlightRecorder.Tests;

/// <summary>One PostgreSQL for all tests of the project that compiles this file, stopped at the end also when tests fail.</summary>
[SetUpFixture]
public sealed class PostgreSqlSetUp
{
    public static PostgreSqlCluster Cluster { get; private set; } = null!;

    [OneTimeSetUp]
    public static async Task StartAsync() => Cluster = await PostgreSqlCluster.StartAsync();

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (Cluster is { } cluster)
        {
            await cluster.DisposeAsync();
        }
    }
}
