namespace FlightRecorder.Cli;

/// <summary>Arguments that hold a password, such as a connection string where the command takes none: an error does not repeat them.</summary>
internal static class TypedSecrets
{
    private const string Hidden = "(hidden)";

    public static string Hide(string text, IEnumerable<string> args)
    {
        foreach (string arg in args.Where(MayHoldPassword))
        {
            text = text.Replace(arg, Hidden, StringComparison.Ordinal);

            // --option=value is taken apart.
            int value = arg.StartsWith('-') ? arg.IndexOfAny(['=', ':']) + 1 : 0;
            text = value > 0 && value < arg.Length ? text.Replace(arg[value..], Hidden, StringComparison.Ordinal) : text;
        }

        return text;
    }

    private static bool MayHoldPassword(string arg)
        => (arg.Contains('=') && (arg.Contains("pass", StringComparison.OrdinalIgnoreCase) || arg.Contains("pwd", StringComparison.OrdinalIgnoreCase)))
            || (arg.Contains("://", StringComparison.Ordinal) && arg.Contains('@'));
}
