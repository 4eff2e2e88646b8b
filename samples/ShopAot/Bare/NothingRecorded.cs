using System.Data.Common;

namespace FlightRecorder;

/// <summary>The calls that add the recorder, without one.</summary>
internal static class NothingRecorded
{
    public static IServiceCollection AddFlightRecorder(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return services;
    }

    public static DbDataSource WithFlightRecorder(this DbDataSource source) => source;
}
