namespace FlightRecorder.Cli;

/// <summary>What the process says to its caller. A command line that cannot be parsed is 1 too.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int NotFound = 1;
    public const int Ambiguous = 2;
    public const int Faults = 3;
    public const int Undone = 4;

    /// <summary>The PostgreSQL store cannot be used (EX_UNAVAILABLE).</summary>
    public const int Unavailable = 69;

    public const int Interrupted = 130;
}
