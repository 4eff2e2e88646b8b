using Microsoft.AspNetCore.Hosting;

namespace FlightRecorder.AspNetCore;

/// <summary>Keeps the recorder's files out of the directory whose files are sent to whoever asks.</summary>
internal static class WebRoot
{
    public static void Check(IWebHostEnvironment? environment, string key, string? directory, OptionChecks checks)
    {
        // A directory that is none is told by the options' own check.
        if (environment is not { WebRootPath: { Length: > 0 } root } || string.IsNullOrWhiteSpace(directory) || directory.Contains('\0'))
        {
            return;
        }

        string path = Path.GetFullPath(directory, environment.ContentRootPath) + Path.DirectorySeparatorChar;
        string above = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root, environment.ContentRootPath)) + Path.DirectorySeparatorChar;
        if (path.StartsWith(above, StringComparison.OrdinalIgnoreCase))
        {
            checks.Fail(key, directory, $"a directory that is not below the web root ({root}), whose files are public");
        }
    }
}
