namespace FlightRecorder;

/// <summary>What an exception says. Both members are virtual: an app's exception may throw where it should tell.</summary>
internal static class ExceptionParts
{
    public static string? Message(Exception exception) => Guarded(exception, static e => e.Message);

    public static string? Stack(Exception exception) => Guarded(exception, static e => e.StackTrace);

    private static string? Guarded(Exception exception, Func<Exception, string?> read)
    {
        try
        {
            return read(exception);
        }
        catch (Exception error)
        {
            return "(unreadable: " + error.GetType().Name + ")";
        }
    }
}
