using System.Globalization;
using Npgsql;

namespace FlightRecorder.Benchmarks.Postgres;

/// <summary>
/// What a turn costs in processor time, here and in the processes of the server: other work on the machine makes a turn take longer
/// but not dearer, so this compares where the clock cannot.
/// </summary>
internal sealed class CpuMeter(NpgsqlDataSource source)
{
    private const double NanosecondsPerSecond = 1e9;

    public async Task<CpuTimes> ReadAsync()
    {
        var here = Environment.CpuUsage;
        double server = 0;
        await using NpgsqlCommand command = source.CreateCommand("SELECT pid FROM pg_stat_activity");
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await row.ReadAsync().ConfigureAwait(false))
        {
            server += SecondsOf(row.GetInt32(0));
        }

        return new CpuTimes(here.TotalTime.TotalSeconds, server);
    }

    // The first number of schedstat: nanoseconds on a processor.
    private static double SecondsOf(int process)
    {
        try
        {
            string[] numbers = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/schedstat")).Split(' ');
            return double.Parse(numbers[0], CultureInfo.InvariantCulture) / NanosecondsPerSecond;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or this is no Linux.
            return 0;
        }
    }
}

/// <summary>Seconds of processor time.</summary>
internal readonly record struct CpuTimes(double Here, double Server)
{
    public static CpuTimes operator -(CpuTimes left, CpuTimes right) => new(left.Here - right.Here, left.Server - right.Server);

    public double Total => Here + Server;
}
