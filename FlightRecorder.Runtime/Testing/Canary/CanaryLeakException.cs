namespace FlightRecorder;

/// <summary>A canary was seen, or its flight proved nothing. The message names each member, place and encoding.</summary>
public sealed class CanaryLeakException : Exception
{
    internal CanaryLeakException(CanaryReport report)
        : base(report.ToString())
        => Report = report;

    /// <summary>What was found.</summary>
    public CanaryReport Report { get; }
}
