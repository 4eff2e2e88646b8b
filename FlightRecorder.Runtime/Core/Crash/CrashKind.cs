namespace FlightRecorder;

/// <summary>How an error came to the crash recorder.</summary>
internal enum CrashKind
{
    Manual,
    Uncaught,
    Unobserved,
}
