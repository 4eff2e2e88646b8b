namespace FlightRecorder.AdoNet;

/// <summary>The options as they were when the data source or connection was decorated.</summary>
internal sealed record RecordingSettings(bool CaptureBefore, bool CaptureParameters, int BeforeRowLimit, int MaxMutations, bool CaptureCallSite)
{
    /// <summary>Whether the rows that statements touch are read.</summary>
    public bool ReadsRows => CaptureBefore && BeforeRowLimit > 0;

    /// <exception cref="FlightRecorderConfigurationException">A value is out of its range.</exception>
    public static RecordingSettings From(Action<AdoNetRecordingOptions>? configure)
    {
        var options = new AdoNetRecordingOptions();
        configure?.Invoke(options);
        options.Validate();
        ServerRefusals.Watch();
        return new RecordingSettings(options.CaptureBefore, options.CaptureParameters, options.BeforeRowLimit, options.MaxMutations, options.CaptureCallSite);
    }
}
