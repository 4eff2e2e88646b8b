using FlightRecorder;
using FlightRecorder.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Places the recorder in the pipeline.</summary>
public static class FlightRecorderApplicationBuilderExtensions
{
    /// <summary>
    /// Places the recorder exactly here; without this call it stands in front of the pipeline. What stands before it is not
    /// seen. Placed more than once, the outermost records.
    /// </summary>
    /// <param name="app">The pipeline.</param>
    /// <exception cref="FlightRecorderConfigurationException"><c>AddFlightRecorder</c> was not called.</exception>
    public static IApplicationBuilder UseFlightRecorder(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<FlightWiring>() is not { } wiring)
        {
            throw new FlightRecorderConfigurationException("UseFlightRecorder needs the recorder's services: call builder.Services.AddFlightRecorder() first.");
        }

        wiring.IsPlaced = true;
        return app.Use(next => new FlightMiddleware(next, app.ApplicationServices.GetRequiredService<WebRecorder>()).InvokeAsync);
    }
}
