using System.Net;
using FlightRecorder.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlightRecorder.Tests.PostgreSql.Hosting;

public sealed class WebAppTests
{
    private const string Away = "Host=127.0.0.1;Port=1;Username=u;Password=hunter2secret;Database=d;Timeout=2";

    [Test]
    public async Task A_request_becomes_rows()
    {
        string database = await PostgreSqlSetUp.Cluster.CreateDatabaseAsync();
        using var journal = new JournalDirectory();
        await using WebApplication app = await StartAsync(journal, recorder => recorder.UsePostgresStore(database));

        await GetAsync(app, "/orders/7");

        RecordingSummary head = await UntilAsync(async () => (await ListAsync(app)).SingleOrDefault());
        Assert.That((head.Path, head.Status), Is.EqualTo(("/orders/7", (int?)200)));
        await app.StopAsync();
    }

    [Test]
    public async Task What_the_journal_got_last_is_sent_at_the_stop()
    {
        string database = await PostgreSqlSetUp.Cluster.CreateDatabaseAsync();
        using var journal = new JournalDirectory();
        await using WebApplication app = await StartAsync(journal, recorder => recorder.UsePostgresStore(database, options => (options.ShipInterval, options.StopTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1))));
        await GetAsync(app, "/orders/1");
        await GetAsync(app, "/orders/2");

        await app.StopAsync();

        await using StoreRig rig = StoreRig.Over(database);
        Assert.That(await rig.SessionsAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_app_starts_and_serves_while_the_server_is_away_and_nothing_is_lost()
    {
        using var journal = new JournalDirectory();
        await using (WebApplication app = await StartAsync(journal, recorder => recorder.UsePostgresStore(Away, options => options.StopTimeout = TimeSpan.Zero)))
        {
            await GetAsync(app, "/orders/1");
            HealthReport report = await UntilAsync(async () => await HealthAsync(app) is { Status: HealthStatus.Degraded } degraded ? degraded : null);
            Assert.That(report.Entries.Single().Value.Description, Does.Contain("Recordings wait since").And.Not.Contain("hunter2secret"));
            Assert.That(report.Entries.Single().Value.Tags, Is.Empty);
            await app.StopAsync();
        }

        string database = await PostgreSqlSetUp.Cluster.CreateDatabaseAsync();
        await using (WebApplication app = await StartAsync(journal, recorder => recorder.UsePostgresStore(database, options => options.StopTimeout = TimeSpan.FromMinutes(1))))
        {
            await GetAsync(app, "/orders/2");
            await app.StopAsync();
        }

        await using StoreRig rig = StoreRig.Over(database);
        Assert.That(await rig.ScalarAsync<string>("SELECT string_agg(path, ' ' ORDER BY started_at) FROM flight_recorder_sessions"), Is.EqualTo("/orders/1 /orders/2"));
    }

    [Test]
    public async Task Without_a_journal_requests_become_rows_and_no_file()
    {
        string database = await PostgreSqlSetUp.Cluster.CreateDatabaseAsync();
        using var journal = new JournalDirectory();
        await using WebApplication app = await StartAsync(journal, recorder => recorder.UsePostgresStore(database, options => options.Mode = PostgresStoreMode.Direct));

        await GetAsync(app, "/orders/7");
        await UntilAsync(async () => (await ListAsync(app)).SingleOrDefault());
        await app.StopAsync();

        Assert.That(journal.Exists, Is.False);
    }

    [Test]
    public async Task The_pool_of_the_app_is_not_used_and_its_password_is()
    {
        string database = await PostgreSqlSetUp.Cluster.CreateDatabaseAsync();
        var settings = new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 1, ApplicationName = "shop", Password = "pw" };
        await using NpgsqlDataSource shop = NpgsqlDataSource.Create(settings);

        // The only connection of the app's pool is taken.
        await using NpgsqlConnection taken = await shop.OpenConnectionAsync();
        using var journal = new JournalDirectory();
        await using WebApplication app = await StartAsync(journal, recorder => recorder.UsePostgresStore(shop));
        await GetAsync(app, "/orders/7");

        await UntilAsync(async () => (await ListAsync(app)).SingleOrDefault());

        await using StoreRig rig = StoreRig.Over(database);
        Assert.That(await rig.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'FlightRecorder'"), Is.InRange(1, 2));
        await app.StopAsync();
    }

    [TestCase(PostgresStoreMode.Journal, "recordings go to the journal, and on to PostgreSQL at 127.0.0.1:1/d, schema public (")]
    [TestCase(PostgresStoreMode.Direct, "recordings go to PostgreSQL (127.0.0.1:1/d, schema public).")]
    public async Task The_report_of_the_start_names_the_store(PostgresStoreMode mode, string expected)
    {
        using var journal = new JournalDirectory();
        var log = new LogLines();
        await using WebApplication app = await StartAsync(journal, recorder => recorder.UsePostgresStore(Away, options => (options.Mode, options.StopTimeout) = (mode, TimeSpan.Zero)), log);

        Assert.That(log.All.Single(line => line.Id == 4).Text, Does.Contain(expected).And.Not.Contain("hunter2secret"));
        await app.StopAsync();
    }

    [TestCase("")]
    [TestCase("Password=hunter2secret")]
    [TestCase("Host=a;Port=hunter2secret")]
    [TestCase("hunter2secret")]
    public void A_wrong_connection_string_is_refused_and_not_repeated(string connectionString)
    {
        FlightRecorderBuilder builder = new ServiceCollection().AddFlightRecorderCore();

        FlightRecorderConfigurationException? refused = Assert.Throws<FlightRecorderConfigurationException>(() => builder.UsePostgresStore(connectionString));

        Assert.That(refused!.ToString(), Does.Not.Contain("hunter2secret"));
    }

    [Test]
    public void A_wrong_option_is_refused_with_its_range()
    {
        FlightRecorderBuilder builder = new ServiceCollection().AddFlightRecorderCore();

        FlightRecorderConfigurationException? refused = Assert.Throws<FlightRecorderConfigurationException>(
            () => builder.UsePostgresStore("Host=a", options => { options.SchemaName = "a\0"; options.MaxBatchBytes = 1; }));

        Assert.That(refused!.Message, Does.Contain("UsePostgresStore:SchemaName").And.Contain("UsePostgresStore:MaxBatchBytes is 1; allowed: 65536 to 67108864"));
    }

    private static async Task<WebApplication> StartAsync(JournalDirectory journal, Action<FlightRecorderBuilder> configure, LogLines? log = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (log is not null)
        {
            builder.Logging.AddProvider(new OneLog(log));
        }

        configure(builder.Services.AddFlightRecorder(options =>
        {
            options.RecordEverything = true;
            options.Journal.Directory = journal.Path;
        }));
        builder.Services.AddHealthChecks().AddFlightRecorderPostgres();
        WebApplication app = builder.Build();
        app.MapGet("/orders/{id}", (RequestDelegate)(context => context.Response.WriteAsync("order " + context.Request.RouteValues["id"])));
        await app.StartAsync();
        return app;
    }

    private static async Task GetAsync(WebApplication app, string path)
    {
        using var client = new HttpClient();
        using HttpResponseMessage response = await client.GetAsync(new Uri(app.Urls.First() + path));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static async Task<IReadOnlyList<RecordingSummary>> ListAsync(WebApplication app)
    {
        try
        {
            return await app.Services.GetRequiredService<IRecordingReader>().ListAsync(new RecordingQuery());
        }
        catch (PostgresException)
        {
            // The tables are being made.
            return [];
        }
    }

    private static Task<HealthReport> HealthAsync(WebApplication app) => app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private static async Task<T> UntilAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(50, deadline.Token);
        }
    }

    private sealed class OneLog(ILogger log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => categoryName == "FlightRecorder" ? log : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Dispose()
        {
        }
    }
}
