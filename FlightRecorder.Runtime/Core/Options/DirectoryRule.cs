namespace FlightRecorder;

/// <summary>Which directories the options may name: paths of this machine, taken as they stand. What looks like something else is refused, not made.</summary>
internal static class DirectoryRule
{
    private const int MaxLength = 4096;

    public static void Check(string key, string? directory, OptionChecks checks)
    {
        if (Allowed(directory) is { } allowed)
        {
            checks.Fail(key, directory, allowed);
        }
    }

    private static string? Allowed(string? directory) => directory switch
    {
        null or { Length: 0 or > MaxLength } => "1 to 4096 characters",
        _ when string.IsNullOrWhiteSpace(directory) || directory.Any(char.IsControl) => "a path that can be seen: not only white space, no control characters",
        ['~'] or ['~', '/' or '\\', ..] => "a whole path, since ~ is not expanded",
        ['/' or '\\', '/' or '\\', ..] => "a directory of this machine; mount a network share and name the mount point",
        _ when directory.Contains("://", StringComparison.Ordinal) => "a path, not an address",
        [_, ':', ..] when !OperatingSystem.IsWindows() && char.IsAsciiLetter(directory[0]) => "a path of this system, not a drive of Windows",
        _ => null,
    };
}
