using System.Net;
using FlightRecorder.Tests.Support.Wire;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FlightRecorder.Tests.AspNetCore.Support;

/// <summary>A Kestrel server on a free port of the loopback address, with or without the recorder.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly List<Snapshot> _recorded = [];

    private TestApp(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public required LogLines Log { get; init; }

    public int Port { get; private set; }

    public HttpClient Client { get; private set; } = null!;

    public Recorder Recorder => Services.GetRequiredService<Recorder>();

    /// <summary>The recordings that were ended, not those that were let go.</summary>
    public IReadOnlyList<Snapshot> Recorded
    {
        get
        {
            lock (_recorded)
            {
                return [.. _recorded];
            }
        }
    }

    /// <summary>Starts a server with the recorder.</summary>
    /// <param name="map">Its pipeline.</param>
    /// <param name="options">Changes the options.</param>
    /// <param name="build">Changes the builder.</param>
    public static Task<TestApp> StartAsync(
        Action<WebApplication> map, Action<FlightRecorderWebOptions>? options = null, Action<WebApplicationBuilder>? build = null)
        => StartBareAsync(map, builder =>
        {
            builder.Services.AddFlightRecorder(options).UseMemoryStore();
            build?.Invoke(builder);
        });

    /// <summary>Starts a server without the recorder, unless the builder adds it.</summary>
    public static async Task<TestApp> StartBareAsync(Action<WebApplication> map, Action<WebApplicationBuilder> build)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http1));
        build(builder);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        map(app);
        var test = new TestApp(app) { Log = log };
        await test.StartAsync();
        return test;
    }

    public Task<RawConnection> ConnectAsync() => RawConnection.OpenAsync(Port);

    /// <summary>Sends the text on a connection of its own and receives until the server closes.</summary>
    public async Task<byte[]> ExchangeAsync(string text)
    {
        await using RawConnection connection = await ConnectAsync();
        await connection.SendAsync(text);
        return await connection.ReadToEndAsync();
    }

    /// <summary>Waits until nothing is in flight, and returns what was recorded.</summary>
    public async Task<IReadOnlyList<Snapshot>> SettledAsync(int atLeast)
    {
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (Recorded.Count < atLeast || Recorder.Counters.InFlight > 0)
        {
            RecorderCounters counters = Recorder.Counters;
            Assert.That(
                Environment.TickCount64,
                Is.LessThan(deadline),
                () => $"{Recorded.Count} recorded, {counters.Offered} offered, {counters.InFlight} in flight, {counters.NotKept} not kept, {counters.Faults} faults: {string.Join('\n', Log.Of(1))}");
            await Task.Delay(5);
        }

        return Recorded;
    }

    /// <summary>Waits until nothing is in flight, and forgets what was recorded.</summary>
    public async Task ForgetAsync()
    {
        await SettledAsync(0);
        lock (_recorded)
        {
            _recorded.Clear();
        }
    }

    /// <summary>Waits for the one recording.</summary>
    public async Task<Snapshot> OnlyAsync()
    {
        IReadOnlyList<Snapshot> recorded = await SettledAsync(1);
        Assert.That(recorded, Has.Count.EqualTo(1));
        return recorded[0];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task StartAsync()
    {
        await _app.StartAsync();
        IServerAddressesFeature addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Port = new Uri(addresses.Addresses.First()).Port;
        Client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = Patience, ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Port}"),
            Timeout = Patience,
        };
        if (Services.GetService<Recorder>() is { } recorder)
        {
            recorder.Settling = Keep;
        }
    }

    private void Keep(ActiveRecording recording)
    {
        var snapshot = new Snapshot(recording);
        lock (_recorded)
        {
            _recorded.Add(snapshot);
        }
    }
}
