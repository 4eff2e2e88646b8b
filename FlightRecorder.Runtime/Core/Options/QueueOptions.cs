namespace FlightRecorder;

/// <summary>The queue between requests and the writer; bounded in bytes.</summary>
public sealed class QueueOptions
{
    /// <summary>How many bytes of encoded lines may wait, 1 MiB to 1 GiB; what does not fit is dropped and counted. Default: 32 MiB.</summary>
    public long MaxBytes { get; set; } = 32 * 1024 * 1024;

    internal void Validate(OptionChecks checks)
        => checks.Range("Queue:MaxBytes", MaxBytes, 1024 * 1024, 1024L * 1024 * 1024);
}
