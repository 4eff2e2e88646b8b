using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlightRecorder.PostgreSql;

/// <summary>What falls due once an hour: the partitions of yesterday, today and tomorrow, and retention.</summary>
internal sealed class StoreUpkeep(DayPartitions days, PostgresStoreOptions options, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    private long _ranAt;
    private bool _ran;

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        if (_ran && time.GetElapsedTime(_ranAt) < s_interval)
        {
            return;
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        await days.EnsureAsync([today.AddDays(-1), today, today.AddDays(1)], cancellationToken).ConfigureAwait(false);
        try
        {
            int dropped = await days.DropAsync(options.MaxAge, cancellationToken).ConfigureAwait(false);
            if (dropped > 0)
            {
                days.Forget();
                PostgresLog.Dropped(logger, dropped);
            }
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DeadlockDetected)
        {
            // Someone reads the old days; they go an hour later.
            PostgresLog.RetentionFailed(logger, Rejection.Describe(error));
        }

        _ranAt = time.GetTimestamp();
        _ran = true;
    }
}
