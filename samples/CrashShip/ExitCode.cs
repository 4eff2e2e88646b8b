namespace CrashShip;

/// <summary>As sysexits.h has them.</summary>
internal static class ExitCode
{
    public const int AllSent = 0;

    public const int Usage = 64;

    public const int TryLater = 75;

    public const int NoConsent = 77;
}
