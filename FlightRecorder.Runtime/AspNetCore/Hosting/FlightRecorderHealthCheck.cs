using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlightRecorder.AspNetCore;

/// <summary>The recorder's state and counters. At worst degraded: an app that cannot be recorded still serves.</summary>
internal sealed class FlightRecorderHealthCheck(Recorder recorder) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Dictionary<string, object> data = Data(recorder);
        HealthCheckResult result = RecorderState.Of(recorder).Trouble is { } trouble
            ? HealthCheckResult.Degraded(trouble, data: data)
            : HealthCheckResult.Healthy(recorder.IsOn ? "recording" : "switched off", data);
        return Task.FromResult(result);
    }

    private static Dictionary<string, object> Data(Recorder recorder)
    {
        RecorderCounters counters = recorder.Counters;
        return new Dictionary<string, object>
        {
            ["run"] = recorder.Run.Id,
            ["offered"] = counters.Offered,
            ["stored"] = counters.Stored,
            ["dropped"] = counters.AllDropped,
            ["notKept"] = counters.NotKept,
            ["inFlight"] = counters.InFlight,
            ["faults"] = counters.Faults,
        };
    }
}
