namespace FlightRecorder.AdoNet;

/// <summary>The options as they were when the data source or connection was decorated.</summary>
internal sealed record RecordingSettings(bool CaptureBefore, bool CaptureParameters, int MaxMutations, bool CaptureCallSite)
{
    /// <exception cref="FlightRecorderConfigurationException">A value is out of its range.</exception>
    public static RecordingSettings From(Action<AdoNetRecordingOptions>? configure)
    {
        var options = new AdoNetRecordingOptions();
        configure?.Invoke(options);
        options.Validate();
        return new RecordingSettings(options.CaptureBefore, options.CaptureParameters, options.MaxMutations, options.CaptureCallSite);
    }
}
