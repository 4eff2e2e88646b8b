namespace FlightRecorder;

/// <summary>A test asked for a recording that is not there, or for one where there are several. The message lists what is there.</summary>
public sealed class RecordingProbeException : Exception
{
    internal RecordingProbeException(string message)
        : base(message)
    {
    }
}
