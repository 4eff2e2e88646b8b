using FlightRecorder.Tests.Support.Wire;

namespace FlightRecorder.Tests.AspNetCore.Support;

/// <summary>Measures allocations of the whole process by the runtime's counters.</summary>
internal static class Allocations
{
    /// <summary>Bytes per request; the least of several rounds, since other threads of the process only ever add.</summary>
    public static double PerRequest(KeepAliveLoad load, int requests)
    {
        load.Run(requests);
        double least = double.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            load.Run(requests);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)requests);
        }

        return least;
    }
}
