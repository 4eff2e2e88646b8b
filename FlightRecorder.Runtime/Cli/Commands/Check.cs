using System.CommandLine.Parsing;

namespace FlightRecorder.Cli;

/// <summary>Checks of option values; the message names the option, the value and the range.</summary>
internal static class Check
{
    public static void Range(OptionResult option, int min, int max)
    {
        if (option.Tokens is [{ Value: { } text }] && int.TryParse(text, out int value) && (value < min || value > max))
        {
            option.AddError($"{option.Option.Name} is {value}; allowed: {min} to {max}.");
        }
    }
}
