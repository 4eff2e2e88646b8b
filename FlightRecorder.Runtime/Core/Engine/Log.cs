using Microsoft.Extensions.Logging;

namespace FlightRecorder;

/// <summary>Everything this package logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "FlightRecorder: {Site} failed; the app is not affected. Further failures there are counted, not logged. {Error}")]
    public static partial void InternalFault(ILogger logger, string site, string error);

    [LoggerMessage(2, LogLevel.Error, "FlightRecorder: {Count} failures in a row; recording is off until the process starts again.")]
    public static partial void BreakerOpened(ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Warning, "FlightRecorder: the journal directory {Directory} cannot be written ({Reason}); recordings are dropped until it can.")]
    public static partial void JournalDegraded(ILogger logger, string directory, string reason);

    [LoggerMessage(4, LogLevel.Information, "FlightRecorder is {State}: {Recorded} of {Endpoints} endpoints are recorded, {Members} members of {Types} types are redacted; recordings go to {Store} ({Place}).")]
    public static partial void Started(ILogger logger, string state, int recorded, int endpoints, int members, int types, string store, string place);

    [LoggerMessage(5, LogLevel.Information, "FlightRecorder is {State}: operations are recorded, {Members} members of {Types} types are redacted; recordings go to {Store} ({Place}).")]
    public static partial void StartedWithoutEndpoints(ILogger logger, string state, int members, int types, string store, string place);

    [LoggerMessage(30, LogLevel.Warning, "FlightRecorder: there are no slots in {Directory} ({Reason}); requests in the air are lost when the process dies.")]
    public static partial void SlotsOff(ILogger logger, string directory, string reason);

    [LoggerMessage(31, LogLevel.Warning, "FlightRecorder: run {Run} ended without a word, last seen alive at {LastAlive:O}; {Count} requests in the air are now unfinished recordings.")]
    public static partial void RunDied(ILogger logger, string run, DateTimeOffset lastAlive, int count);

    [LoggerMessage(32, LogLevel.Warning, "FlightRecorder: the requests in {Path} could not be turned into recordings ({Reason}).")]
    public static partial void SlotsNotRecovered(ILogger logger, string path, string reason);

    [LoggerMessage(20, LogLevel.Warning, "FlightRecorder: {Path} exists already and was left untouched; the journal goes on under the next name.")]
    public static partial void JournalNameTaken(ILogger logger, string path);

    [LoggerMessage(21, LogLevel.Warning, "FlightRecorder: the journal segment {Path} was put aside after a failure ({Reason}); a new one is opened.")]
    public static partial void JournalPutAside(ILogger logger, string path, string reason);

    [LoggerMessage(22, LogLevel.Warning, "FlightRecorder: old journal segments in {Directory} could not be deleted ({Reason}); this is tried again with the next segment.")]
    public static partial void JournalRetentionFailed(ILogger logger, string directory, string reason);

    [LoggerMessage(23, LogLevel.Warning, "FlightRecorder: the journal segment {Path} was deleted or moved while it was written; a new one is opened.")]
    public static partial void JournalGone(ILogger logger, string path);

    [LoggerMessage(24, LogLevel.Information, "FlightRecorder: the journal directory {Directory} can be written again.")]
    public static partial void JournalRecovered(ILogger logger, string directory);
}
