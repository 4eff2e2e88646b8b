using System.Globalization;

namespace FlightRecorder.Cli;

/// <summary>Times, durations and counts as people read them.</summary>
internal static class Units
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string ExactTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture) + " UTC";

    public static string Duration(long microseconds) => microseconds switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds} µs"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1e3:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1e6:0.00} s"),
    };

    /// <summary>A moment of the timeline: milliseconds since the beginning, to the microsecond.</summary>
    public static string Moment(long microseconds) => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1e3:0.000} ms");

    public static string Count(long number, string one) => string.Create(CultureInfo.InvariantCulture, $"{number} {one}{(number == 1 ? "" : "s")}");

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
