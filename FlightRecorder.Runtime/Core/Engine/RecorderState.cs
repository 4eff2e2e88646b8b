using System.Globalization;

namespace FlightRecorder;

/// <summary>How a recorder is, for health checks.</summary>
/// <param name="Trouble">What is wrong, in words without anything of the app; null when nothing is.</param>
internal readonly record struct RecorderState(string? Trouble)
{
    public static RecorderState Of(Recorder recorder)
        => new(recorder.Guard.IsOpen ? string.Create(CultureInfo.InvariantCulture, $"{FaultGuard.MaxFaults} failures in a row; recording is off until the process starts again")
            : recorder.Queue.IsFailing ? "the store does not take recordings; they are dropped"
            : recorder.Queue.IsPressed ? "more than half of the queue waits for the store"
            : null);
}
