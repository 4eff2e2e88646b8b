using Microsoft.AspNetCore.Hosting;

namespace FlightRecorder.AspNetCore;

/// <summary>Keeps the journal out of the directory whose files are sent to whoever asks.</summary>
internal static class WebRoot
{
    public static void Check(IWebHostEnvironment? environment, string? journal, OptionChecks checks)
    {
        // A directory that is none is told by the options' own check.
        if (environment is not { WebRootPath: { Length: > 0 } root } || string.IsNullOrWhiteSpace(journal) || journal.Contains('\0'))
        {
            return;
        }

        string path = Path.GetFullPath(journal, environment.ContentRootPath) + Path.DirectorySeparatorChar;
        string above = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root, environment.ContentRootPath)) + Path.DirectorySeparatorChar;
        if (path.StartsWith(above, StringComparison.OrdinalIgnoreCase))
        {
            checks.Fail("Journal:Directory", journal, $"a directory that is not below the web root ({root}), whose files are public");
        }
    }
}
