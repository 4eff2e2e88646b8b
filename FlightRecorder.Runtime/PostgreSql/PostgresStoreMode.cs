namespace FlightRecorder;

/// <summary>How recordings get to PostgreSQL.</summary>
public enum PostgresStoreMode
{
    /// <summary>Over the journal: an outage of the server loses nothing that the journal keeps.</summary>
    Journal,

    /// <summary>
    /// Straight from memory, for read-only file systems: while the server is away, recordings wait in the queue
    /// (<see cref="QueueOptions.MaxBytes"/>); what does not fit is dropped and counted, and what waits is lost with the process.
    /// </summary>
    Direct,
}
