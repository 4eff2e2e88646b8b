using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace FlightRecorder.AspNetCore;

/// <summary>Wires the recorder in front of the pipeline, unless the app says <c>UseFlightRecorder</c> somewhere.</summary>
internal sealed class FlightStartupFilter(FlightWiring wiring, WebRecorder web) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
        => app =>
        {
            // Components are put together after all of the pipeline was configured: by then the app has said it or not.
            app.Use(following => wiring.IsPlaced ? following : new FlightMiddleware(following, web).InvokeAsync);
            next(app);
        };
}
