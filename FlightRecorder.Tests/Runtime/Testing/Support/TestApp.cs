using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;

namespace FlightRecorder.Tests.Testing.Support;

/// <summary>An app with a recorder on the in-process server.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public static async Task<TestApp> StartAsync(
        Action<WebApplication> map, Action<FlightRecorderWebOptions>? options = null, Action<FlightRecorderBuilder>? store = null, Action<ILoggingBuilder>? logging = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        logging?.Invoke(builder.Logging);
        builder.WebHost.UseTestServer();
        FlightRecorderBuilder recorder = builder.Services.AddFlightRecorder(options);
        if (store is null)
        {
            recorder.UseMemoryStore();
        }
        else
        {
            store(recorder);
        }

        WebApplication app = builder.Build();
        map(app);
        await app.StartAsync();
        return new TestApp(app);
    }

    public RecordingProbe Probe() => RecordingProbe.For(Services);

    /// <summary>A client whose requests are the probe's.</summary>
    public HttpClient Client(RecordingProbe probe)
        => new(probe.CreateHandler(((TestServer)Services.GetRequiredService<IServer>()).CreateHandler())) { BaseAddress = new Uri("http://localhost") };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
