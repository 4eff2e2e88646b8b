using FlightRecorder.PostgreSql;
using FlightRecorder.Tests.Core.Redaction;
using FlightRecorder.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace FlightRecorder.Tests.PostgreSql.Canaries;

/// <summary>What the store says of itself when something is wrong: never a secret, whatever failed and whatever its exception says.</summary>
public sealed class TroubleTests
{
    private const int Seeds = 40;

    // As the parts of Npgsql, the system and the app's own code throw them.
    private static readonly Func<string, Exception>[] s_failures =
    [
        text => new NpgsqlException("An exception was thrown from the password provider", new InvalidOperationException("no token for " + text)),
        text => new NpgsqlException("Exception while connecting", new HttpRequestException("https://vault/token?sig=" + text)),
        text => new NpgsqlException("Exception while connecting", new TokenFileException(text)),
        text => new InvalidOperationException("Couldn't open with Password=" + text),
        text => new ArgumentException("Format of the initialization string does not conform: " + text, "connectionString"),
        text => new AggregateException(text, new InvalidOperationException(text)),
        text => new PostgresException("refused", "ERROR", "ERROR", "23514", detail: "Failing row contains (" + text + ")", hint: text, where: "COPY x, line 1: " + text),
    ];

    [Test]
    public void What_an_exception_of_the_apps_own_code_says_is_not_repeated()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Canary canary = Canary.Make(new Random(seed), tokenOnly: false);
            foreach (string form in Canary.Forms)
            {
                foreach (Func<string, Exception> failure in s_failures)
                {
                    Exception error = failure(canary.As(form));
                    string said = Rejection.Describe(error);
                    Assert.That(canary.IsIn(said), Is.False, $"{form}: {said}");
                    Assert.That(said, Is.Not.Empty);
                }
            }
        }
    }

    [Test]
    public async Task A_password_is_in_nothing_that_is_said_of_a_server_that_is_away()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Canary canary = Canary.Make(new Random(seed), tokenOnly: false);
            var settings = new NpgsqlConnectionStringBuilder("Host=127.0.0.1;Port=1;Username=u;Database=d;Timeout=2") { Password = canary.Text, SslPassword = canary.Text };
            await using StoreRig rig = StoreRig.Over(settings.ConnectionString);
            await AssertSilentAsync(rig.Connections, canary, "SocketException: Connection refused");
        }
    }

    [TestCase("token")]
    [TestCase("initializer")]
    public async Task A_data_source_whose_own_code_fails_is_told_by_the_type_of_the_failure(string code)
    {
        Canary canary = Canary.Make(new Random(7), tokenOnly: false);
        var builder = new NpgsqlDataSourceBuilder(PostgreSqlSetUp.Cluster.ConnectionString);
        if (code == "token")
        {
            builder.UsePasswordProvider(_ => throw new InvalidOperationException(canary.Text), (_, _) => throw new InvalidOperationException(canary.Text));
        }
        else
        {
            builder.UsePhysicalConnectionInitializer(_ => throw new TokenFileException(canary.Text), _ => throw new TokenFileException(canary.Text));
        }

        await using NpgsqlDataSource app = builder.Build();
        await using PostgresConnections connections = PostgresConnections.Beside(app, new PostgresStoreOptions { MaxAge = TimeSpan.FromDays(3653) });
        string said = await AssertSilentAsync(connections, canary, "");
        TestContext.Out.WriteLine(said);
    }

    [Test]
    public async Task A_wrong_password_is_not_repeated()
    {
        Canary canary = Canary.Make(new Random(3), tokenOnly: false);
        var settings = new NpgsqlConnectionStringBuilder(PostgreSqlSetUp.Cluster.ConnectionString) { Username = "nobody_here", Password = canary.Text, Database = "none_" + Guid.NewGuid().ToString("N") };
        await using StoreRig rig = StoreRig.Over(settings.ConnectionString);
        await AssertSilentAsync(rig.Connections, canary, "");
    }

    // Trouble, health, log and place.
    private static async Task<string> AssertSilentAsync(PostgresConnections connections, Canary canary, string expected)
    {
        using var journal = new JournalDirectory();
        journal.Write("20261120T080000-9f3a11c2d4e5f607-0001.jsonl", LineBuilder.Bytes(LineBuilder.Request(1)));
        var log = new LogLines();
        await using var shipper = new Shipper(journal.Path, connections, log);
        bool shipped = await shipper.TryShipAsync(CancellationToken.None);
        HealthCheckResult health = await new PostgresHealthCheck(shipper.State).CheckHealthAsync(new HealthCheckContext());
        string all = string.Join('\n', [shipper.State.Trouble ?? "", health.Description ?? "", health.Exception?.ToString() ?? "", connections.PlaceAndSchema, .. log.All.Select(line => line.Text)]);
        Assert.That(canary.IsIn(all), Is.False, all);
        Assert.That(shipped ? "" : shipper.State.Trouble, Does.Contain(expected));
        return all;
    }

    private sealed class TokenFileException(string text) : IOException("token " + text);
}
