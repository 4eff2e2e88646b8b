using FlightRecorder;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the recorder to workers and consoles on the generic host.</summary>
public static class FlightRecorderServiceCollectionExtensions
{
    /// <summary>Adds the recorder without ASP.NET Core; recordings come from <see cref="Flight.Begin"/>. Calling it twice is calling it once with both actions.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the options; wrong ones stop the start with their key, value and allowed range.</param>
    public static FlightRecorderBuilder AddFlightRecorderCore(this IServiceCollection services, Action<FlightRecorderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        RecorderRegistration registration = RecorderRegistration.For(services);
        if (configure is not null)
        {
            registration.Configure(configure);
        }

        return new FlightRecorderBuilder(services);
    }
}
