namespace FlightRecorder;

/// <summary>What is recorded of the commands of a data source or connection. Given to <c>WithFlightRecorder</c>; checked and copied there.</summary>
public sealed class AdoNetRecordingOptions
{
    /// <summary>Whether mutations hold rows as they were before. Default: true. Those rows are not read yet: a gap says so.</summary>
    public bool CaptureBefore { get; set; } = true;

    /// <summary>Whether commands and mutations hold their parameters. Default: true.</summary>
    public bool CaptureParameters { get; set; } = true;

    /// <summary>How many rows a statement may hold before and after, 0 to 1 000. Default: 20. Those rows are not read yet: a gap says so.</summary>
    public int BeforeRowLimit { get; set; } = 20;

    /// <summary>How many mutations one recording may hold, 1 to 1 000; a gap says when more did not fit. Default: 200.</summary>
    public int MaxMutations { get; set; } = 200;

    /// <summary>
    /// Whether commands hold the file and line that called for them also where the generator does not know it: the first frame of the
    /// app's own code on the stack. Default: false. Costs some tens of microseconds per command; needs symbol files, finds nothing
    /// under Native AOT, and a gap says where nothing was found.
    /// </summary>
    public bool CaptureCallSite { get; set; }

    /// <exception cref="FlightRecorderConfigurationException">A value is out of its range.</exception>
    internal void Validate()
    {
        var checks = new OptionChecks();
        checks.Range("AdoNet:BeforeRowLimit", BeforeRowLimit, 0, 1000);
        checks.Range("AdoNet:MaxMutations", MaxMutations, 1, 1000);
        checks.ThrowIfAny();
    }
}
