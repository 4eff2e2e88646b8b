using FlightRecorder.Tests.AspNetCore.Support;

namespace FlightRecorder.Tests.AspNetCore.Hosting;

public sealed class StartReportTests
{
    [Test]
    public async Task It_counts_the_endpoints_of_every_kind_that_are_recorded()
    {
        await using TestApp app = await StartAsync(
            web =>
            {
                web.MapControllers();
                web.MapGet("/plain", () => "");
                web.MapGet("/own", [Record] () => "");
                web.MapGet("/both", [Record, DoNotRecord] () => "");
                RouteGroupBuilder group = web.MapGroup("/group").Record();
                group.MapGet("/a", () => "");
                group.MapGet("/b", () => "");
                group.MapGet("/c", () => "").DoNotRecord();
                web.MapFallback(() => "");
            },
            builder => builder.Services.AddControllers().ConfigureApplicationPartManager(parts => Only<CountedController>.In(parts)));
        IReadOnlyDictionary<string, object?> values = app.Log.ValuesOf(4).Single();

        Assert.Multiple(() =>
        {
            Assert.That((values["Recorded"], values["Endpoints"]), Is.EqualTo(((object)5, (object)10)), "two actions, /own, /group/a and /group/b of them all");
            Assert.That(values["Members"], Is.EqualTo(new RedactedMembers(CompilerServices.GeneratedCode.Assemblies).Count).And.GreaterThan(0));
            Assert.That(app.Log.Of(4).Single(), Does.StartWith("FlightRecorder is on: 5 of 10 endpoints are recorded, "));
            Assert.That(app.Log.Of(5), Is.Empty);
        });
    }

    [Test]
    public async Task Routes_that_only_make_links_are_not_counted()
    {
        await using TestApp app = await StartAsync(
            web => web.MapControllerRoute("default", "{controller}/{action}"),
            builder => builder.Services.AddControllers().ConfigureApplicationPartManager(parts => Only<ConventionalController>.In(parts)));
        IReadOnlyDictionary<string, object?> values = app.Log.ValuesOf(4).Single();

        Assert.That((values["Recorded"], values["Endpoints"]), Is.EqualTo(((object)1, (object)1)));
    }

    [Test]
    public async Task It_is_said_once_however_often_the_recorder_is_registered()
    {
        await using TestApp app = await StartAsync(
            web => web.MapGet("/x", () => ""),
            builder =>
            {
                builder.Services.AddFlightRecorder(options => options.RecordEverything = true);
                builder.Services.AddFlightRecorder(builder.Configuration.GetSection("FlightRecorder"));
                builder.Services.AddFlightRecorderCore();
            });

        Assert.That(app.Log.Of(4).Single(), Does.Contain("1 of 1 endpoints").And.Contain("to memory"));
    }

    [Test]
    public async Task It_says_that_recording_is_switched_off_and_names_the_journal()
    {
        using var journal = new Tests.Support.JournalDirectory();
        await using TestApp app = await TestApp.StartBareAsync(
            web => web.MapGet("/x", () => "").Record(),
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Information);
                builder.Services.AddFlightRecorder(options => (options.Enabled, options.Journal.Directory) = (false, journal.Path + "/"));
            });

        Assert.Multiple(() =>
        {
            Assert.That(app.Log.Of(4).Single(), Does.StartWith("FlightRecorder is switched off (Enabled is false): 1 of 1 endpoints"));
            Assert.That(app.Log.ValuesOf(4).Single()["Place"], Is.EqualTo(journal.Path));
        });
    }

    [Test]
    public async Task Where_nobody_reads_it_nothing_is_counted()
    {
        bool asked = false;
        await using TestApp app = await TestApp.StartAsync(web => ((IEndpointRouteBuilder)web).DataSources.Add(new WatchedSource(() => asked = true)));

        Assert.That((app.Log.Of(4).Count, asked), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task A_data_source_that_throws_does_not_stop_the_start()
    {
        await using TestApp app = await StartAsync(
            web => ((IEndpointRouteBuilder)web).DataSources.Add(new WatchedSource(() => throw new InvalidOperationException("not yet"))), _ => { });

        Assert.Multiple(() =>
        {
            Assert.That(app.Log.Of(4), Is.Empty);
            Assert.That(app.Log.Of(1).Single(), Does.Contain("start report failed").And.Contain(nameof(InvalidOperationException)).And.Not.Contain("not yet"));
        });
    }

    private static Task<TestApp> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder> build)
        => TestApp.StartAsync(map, build: builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Information);
            build(builder);
        });

    private sealed class WatchedSource(Action asked) : EndpointDataSource
    {
        public override IReadOnlyList<Endpoint> Endpoints
        {
            get
            {
                asked();
                return [];
            }
        }

        public override Microsoft.Extensions.Primitives.IChangeToken GetChangeToken() => new Microsoft.Extensions.Primitives.CancellationChangeToken(CancellationToken.None);
    }
}
