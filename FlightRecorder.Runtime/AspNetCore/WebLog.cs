using Microsoft.Extensions.Logging;

namespace FlightRecorder.AspNetCore;

/// <summary>Everything this package logs.</summary>
internal static partial class WebLog
{
    [LoggerMessage(100, LogLevel.Warning, "FlightRecorder: the rule of {Endpoint} at {File}:{Line} was not compiled, so its body types are unknown and every secret name of the app is redacted there. Build the project that declares it with the FlightRecorder package.")]
    public static partial void RuleWithoutPlan(ILogger logger, string? endpoint, string file, int line);

    [LoggerMessage(101, LogLevel.Warning, "FlightRecorder: the rule of {Endpoint} at {File}:{Line} was not compiled and has the filter {Filter}, which cannot be called: the rule never holds. Build the project that declares it with the FlightRecorder package.")]
    public static partial void FilterWithoutPlan(ILogger logger, string? endpoint, string file, int line, string? filter);

    [LoggerMessage(102, LogLevel.Warning, "FlightRecorder: the changed configuration of {Section} is wrong and not applied: {Reason}")]
    public static partial void ReloadRefused(ILogger logger, string section, string reason);

    [LoggerMessage(103, LogLevel.Warning, "FlightRecorder: more than {Budget} requests of this minute asked by a header to be recorded; the others are not. Further ones are counted, not logged.")]
    public static partial void HeaderBudgetSpent(ILogger logger, int budget);
}
