using System.CommandLine.Parsing;
using System.Globalization;

namespace FlightRecorder.Cli;

/// <summary>Reads a time in the past: so long ago, or a date and time; one without an offset is UTC.</summary>
internal static class Since
{
    public static DateTimeOffset? Parse(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (TryParse(text, DateTimeOffset.UtcNow, out DateTimeOffset time))
        {
            return time;
        }

        string option = (argument.Parent as OptionResult)?.Option.Name ?? argument.Argument.Name;
        argument.AddError($"{option} is \"{SafeText.Short(text)}\"; allowed: 30s, 15m, 2h, 3d, or a time such as 2026-11-20T08:00Z.");
        return null;
    }

    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        time = default;
        if (text.Length > 1 && SecondsPer(text[^1]) is { } unit && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            double seconds = unit * count;
            time = seconds < (now - DateTimeOffset.MinValue).TotalSeconds ? now.AddSeconds(-seconds) : DateTimeOffset.MinValue;
            return true;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    private static double? SecondsPer(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => null,
    };
}
