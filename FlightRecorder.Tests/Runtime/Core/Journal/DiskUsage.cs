using System.Diagnostics;
using System.Globalization;

namespace FlightRecorder.Tests.Core.Journal;

/// <summary>What files take on the disk, which is not what their sizes say.</summary>
internal static class DiskUsage
{
    /// <summary>The bytes of all blocks of a file.</summary>
    public static long Of(string path)
    {
        using Process stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%b", path]) { RedirectStandardOutput = true })!;
        string blocks = stat.StandardOutput.ReadToEnd();
        stat.WaitForExit();
        return 512 * long.Parse(blocks, CultureInfo.InvariantCulture);
    }
}
