using FlightRecorder.Tests.AspNetCore.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlightRecorder.Tests.AspNetCore.Hosting;

public sealed class HealthCheckTests
{
    [Test]
    public async Task It_is_healthy_and_tells_the_counters()
    {
        await using TestApp app = await StartAsync();
        await app.Client.GetStringAsync("/x");
        await app.SettledAsync(1);

        HealthReportEntry entry = await CheckAsync(app);
        Assert.Multiple(() =>
        {
            Assert.That(entry.Status, Is.EqualTo(HealthStatus.Healthy));
            Assert.That(entry.Data["offered"], Is.EqualTo(1L));
            Assert.That(entry.Data["inFlight"], Is.EqualTo(0L));
            Assert.That(entry.Tags, Is.Empty, "nobody takes the app out of service for it");
        });
    }

    [Test]
    public async Task A_store_that_fails_makes_it_degraded_and_nothing_worse()
    {
        await using TestApp app = await StartAsync(builder => builder.Services.AddSingleton<IRecordingStore>(new FailingStore()));
        await app.Client.GetStringAsync("/x");
        await app.SettledAsync(1);

        HealthReportEntry entry = await CheckAsync(app);
        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(entry.Description, Does.Contain("does not take"));
        Assert.That(entry.Data["dropped"], Is.EqualTo(1L));
    }

    [Test]
    public async Task A_recorder_that_gave_up_makes_it_degraded()
    {
        await using TestApp app = await StartAsync();
        for (int i = 0; i < FaultGuard.MaxFaults; i++)
        {
            app.Recorder.Guard.Report("here", new InvalidOperationException());
        }

        Assert.That((await CheckAsync(app)).Status, Is.EqualTo(HealthStatus.Degraded));
    }

    private static Task<TestApp> StartAsync(Action<WebApplicationBuilder>? build = null)
        => TestApp.StartAsync(
            app => app.MapGet("/x", () => "ok").Record(),
            build: builder =>
            {
                // Twice is once.
                builder.Services.AddHealthChecks().AddFlightRecorder().AddFlightRecorder();
                build?.Invoke(builder);
            });

    private static async Task<HealthReportEntry> CheckAsync(TestApp app)
        => (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["flightrecorder"];

    private sealed class FailingStore : IRecordingStore
    {
        public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

        public ValueTask WriteAsync(IReadOnlyList<EncodedRecording> batch, CancellationToken cancellationToken) => throw new IOException("no");

        public ValueTask DisposeAsync() => default;
    }
}
