namespace FlightRecorder;

/// <summary>What the writer of a queue is doing.</summary>
internal enum WriterState
{
    NotStarted,

    /// <summary>Asleep until someone wakes it.</summary>
    Idle,

    /// <summary>Awake, or being woken, and giving others time to add theirs.</summary>
    Lingering,

    /// <summary>Writing; it looks again before it sleeps.</summary>
    Busy,

    Ended,
}
