using System.Globalization;

namespace FlightRecorder.Prompts;

/// <summary>Times, durations and counts as a person reads them, in the invariant culture.</summary>
internal static class Measure
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static string Milliseconds(long microseconds) => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000.0:0.000} ms");

    public static string Count(long count, string one, string? many = null)
        => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary><c>M</c> and 0 give <c>M1</c>.</summary>
    public static string Label(char kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind}{index + 1}");
}
