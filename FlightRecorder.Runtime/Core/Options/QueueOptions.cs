namespace FlightRecorder;

/// <summary>The queue between requests and the writer; bounded in bytes.</summary>
public sealed class QueueOptions
{
    /// <summary>How many bytes of encoded lines may wait, 1 MiB to 1 GiB; what does not fit is dropped and counted. Default: 32 MiB.</summary>
    public long MaxBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// How long the stop of the host may wait for the store, 0 to 5 minutes; what is not stored by then is dropped and counted. Keep it
    /// below the time after which the platform kills the process. Default: 5 seconds.
    /// </summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal void Validate(OptionChecks checks)
    {
        checks.Range("Queue:MaxBytes", MaxBytes, 1024 * 1024, 1024L * 1024 * 1024);
        checks.Range("Queue:StopTimeout", StopTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }
}
