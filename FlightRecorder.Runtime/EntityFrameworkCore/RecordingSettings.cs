namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The options as they were when the context was configured.</summary>
internal sealed record RecordingSettings(bool CaptureBefore, bool CaptureParameters, int BeforeRowLimit, int MaxMutations, bool CaptureCallSite)
{
    public static RecordingSettings Of(EntityFrameworkRecordingOptions options)
        => new(options.CaptureBefore, options.CaptureParameters, options.BeforeRowLimit, options.MaxMutations, options.CaptureCallSite);
}
