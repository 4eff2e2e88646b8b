namespace FlightRecorder;

/// <summary>What is recorded of the commands of a data source or connection. Given to <c>WithFlightRecorder</c>; checked and copied there.</summary>
public sealed class AdoNetRecordingOptions
{
    /// <summary>
    /// Whether an UPDATE or DELETE of one table holds the rows it touches, as they were before and after: read on the same connection and in
    /// the same transaction, on PostgreSQL over Npgsql only. Where that can't be done safely a gap says why. Default: true.
    /// </summary>
    public bool CaptureBefore { get; set; } = true;

    /// <summary>Whether commands and mutations hold their parameters. Default: true.</summary>
    public bool CaptureParameters { get; set; } = true;

    /// <summary>How many rows a statement may hold before and after, 0 to 1 000; a gap says when there were more. 0 reads none. Default: 20.</summary>
    public int BeforeRowLimit { get; set; } = 20;

    /// <summary>How many mutations one recording may hold, 1 to 1 000; a gap counts those that did not fit. Default: 200.</summary>
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
