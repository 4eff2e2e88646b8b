using System.CommandLine.Parsing;
using System.Globalization;

namespace FlightRecorder.Cli;

/// <summary>Reads a size: bytes, or KB, MB, GB of 1024 each.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, int Shift)[] s_units = [("GB", 30), ("MB", 20), ("KB", 10), ("B", 0), ("", 0)];

    public static long? Parse(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (TryParse(text, out long bytes))
        {
            return bytes;
        }

        argument.AddError($"--max-bytes is \"{SafeText.Short(text)}\"; allowed: a number of bytes, or one with KB, MB or GB.");
        return null;
    }

    public static bool TryParse(string text, out long bytes)
    {
        (string unit, int shift) = s_units.First(unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        bool isNumber = long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out bytes);
        isNumber = isNumber && bytes <= long.MaxValue >> shift;
        bytes = isNumber ? bytes << shift : 0;
        return isNumber;
    }
}
