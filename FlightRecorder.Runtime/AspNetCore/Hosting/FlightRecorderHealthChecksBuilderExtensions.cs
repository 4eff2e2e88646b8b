using FlightRecorder;
using FlightRecorder.AspNetCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the recorder to the app's health checks.</summary>
public static class FlightRecorderHealthChecksBuilderExtensions
{
    /// <summary>
    /// Reports whether recordings are stored, with the counters of the run. At worst it is degraded, and it has no tags: a recorder
    /// in trouble is no reason to take the app out of service.
    /// </summary>
    /// <param name="builder">The health checks of the host.</param>
    /// <param name="name">The check's name. Default: flightrecorder.</param>
    public static IHealthChecksBuilder AddFlightRecorder(this IHealthChecksBuilder builder, string name = "flightrecorder")
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<HealthCheckServiceOptions>(options => AddOnce(options.Registrations, name));
        return builder;
    }

    // The service refuses to start with two checks of one name.
    private static void AddOnce(ICollection<HealthCheckRegistration> registrations, string name)
    {
        if (!registrations.Any(known => known.Name == name))
        {
            registrations.Add(new HealthCheckRegistration(
                name, services => new FlightRecorderHealthCheck(services.GetRequiredService<Recorder>()), HealthStatus.Degraded, tags: []));
        }
    }
}
