using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlightRecorder.PostgreSql;

/// <summary>How the sending to PostgreSQL goes; at worst degraded, since the app works without it. It asks no server.</summary>
internal sealed class PostgresHealthCheck(ShipState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyDictionary<string, object> figures = Figures();
        HealthCheckResult result = state.Trouble is { } trouble
            ? HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"Recordings wait since {state.TroubleSince:u}: {trouble}"), data: figures)
            : HealthCheckResult.Healthy("Recordings are carried to PostgreSQL.", figures);
        return Task.FromResult(result);
    }

    private Dictionary<string, object> Figures() => new(StringComparer.Ordinal)
    {
        ["stored"] = state.Counters.Stored,
        ["known"] = state.Counters.Known,
        ["dead"] = state.Counters.Dead,
        ["expired"] = state.Counters.Expired,
        ["batches"] = state.Counters.Batches,
        ["failures"] = state.Counters.Failures,
        ["skipped"] = state.Counters.Skipped,
        ["lostSegments"] = state.Counters.LostSegments,
        ["waitingBytes"] = state.WaitingBytes,
    };
}
