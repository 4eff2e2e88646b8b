using System.Data.Common;

namespace FlightRecorder;

/// <summary>The calls that add the recorder, without one.</summary>
internal static class NothingRecorded
{
    public static FlightRecorderBuilder AddFlightRecorder(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return new FlightRecorderBuilder();
    }

    public static DbDataSource WithFlightRecorder(this DbDataSource source) => source;
}

/// <summary>What the call returns.</summary>
internal sealed class FlightRecorderBuilder;
