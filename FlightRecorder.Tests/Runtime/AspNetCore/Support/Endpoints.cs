using FlightRecorder.AspNetCore;

namespace FlightRecorder.Tests.AspNetCore.Support;

/// <summary>The endpoints of an app that is built but not started, and what the catalog says of them.</summary>
internal sealed class Endpoints : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly PlanCatalog _plans;

    public Endpoints(Action<WebApplication> map, bool recordEverything = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Services.AddControllers().AddApplicationPart(typeof(Endpoints).Assembly);
        _app = builder.Build();
        map(_app);
        _plans = new PlanCatalog(recordEverything, new FaultGuard(Log, Counters), Log);
    }

    public LogLines Log { get; } = new();

    public RecorderCounters Counters { get; } = new();

    public EndpointPlan this[string route] => _plans.Find(Find(route));

    public Endpoint Find(string route)
        => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Single(endpoint => endpoint.RoutePattern.RawText == route);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
