namespace CrashShip;

/// <summary>Whether a person has agreed that errors go to this destination. Whatever goes wrong with asking is a no.</summary>
internal static class Consent
{
    public static bool IsGiven(Options options)
    {
        try
        {
            // To this destination: the yes to one is no yes to another.
            return File.ReadLines(options.Consent).Any(line => line.Trim() == options.Destination.AbsoluteUri);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
