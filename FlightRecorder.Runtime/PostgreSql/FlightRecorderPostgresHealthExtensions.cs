using FlightRecorder.PostgreSql;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Shows in the app's health how the sending to PostgreSQL goes.</summary>
public static class FlightRecorderPostgresHealthExtensions
{
    /// <summary>
    /// Adds a check that is at worst degraded: a store that is away is no reason to take the app out of service. It has no tags but
    /// those given; do not give it the one of readiness.
    /// </summary>
    /// <param name="builder">What <c>AddHealthChecks</c> returned.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="tags">Tags to choose checks by. Default: none.</param>
    public static IHealthChecksBuilder AddFlightRecorderPostgres(this IHealthChecksBuilder builder, string name = "flightrecorder-postgresql", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, services => new PostgresHealthCheck(services.GetService<ShipState>() ?? new ShipState(TimeProvider.System)), HealthStatus.Degraded, tags));
    }
}
