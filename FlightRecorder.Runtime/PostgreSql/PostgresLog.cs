using Microsoft.Extensions.Logging;

namespace FlightRecorder.PostgreSql;

/// <summary>Everything this package logs.</summary>
internal static partial class PostgresLog
{
    [LoggerMessage(60, LogLevel.Information, "FlightRecorder: recordings are carried to PostgreSQL at {Place}, schema {Schema}.")]
    public static partial void Started(ILogger logger, string place, string schema);

    [LoggerMessage(61, LogLevel.Warning, "FlightRecorder: PostgreSQL at {Place} does not take recordings ({Reason}); they wait, and it is tried again.")]
    public static partial void Failed(ILogger logger, string place, string reason);

    [LoggerMessage(62, LogLevel.Information, "FlightRecorder: PostgreSQL at {Place} takes recordings again.")]
    public static partial void Recovered(ILogger logger, string place);

    [LoggerMessage(63, LogLevel.Information, "FlightRecorder: {Tables} partitions of days past their age were dropped.")]
    public static partial void Dropped(ILogger logger, int tables);

    [LoggerMessage(64, LogLevel.Warning, "FlightRecorder: days past their age could not be dropped ({Reason}); this is tried again in an hour.")]
    public static partial void RetentionFailed(ILogger logger, string reason);

    [LoggerMessage(65, LogLevel.Warning, "FlightRecorder: PostgreSQL will not take a recording ({Reason}), and there is no file for it: it is lost. Further ones are counted, not logged.")]
    public static partial void Lost(ILogger logger, string reason);

    [LoggerMessage(66, LogLevel.Warning, "FlightRecorder: a recording was not stored ({Reason}) and is kept in {Path}. Further ones are counted, not logged.")]
    public static partial void Dead(ILogger logger, string reason, string path);

    [LoggerMessage(67, LogLevel.Warning, "FlightRecorder: {Segments} segments of the journal were deleted before they were sent to PostgreSQL, {Bytes} bytes of them: an outage may last as long as Journal:MaxAge and Journal:MaxTotalBytes keep what waits.")]
    public static partial void SegmentsLost(ILogger logger, int segments, long bytes);
}
