namespace FlightRecorder;

/// <summary>The recorder cannot start as configured; the message names each option, its value and what is allowed.</summary>
public sealed class FlightRecorderConfigurationException : InvalidOperationException
{
    /// <summary>A failure without details.</summary>
    public FlightRecorderConfigurationException()
    {
    }

    /// <summary>A failure with what is wrong.</summary>
    public FlightRecorderConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with what is wrong and what caused it.</summary>
    public FlightRecorderConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
