namespace FlightRecorder;

/// <summary>What a journal line tells of.</summary>
public enum RecordingKind
{
    /// <summary>A kind this version does not know.</summary>
    Unknown,

    /// <summary>An HTTP request.</summary>
    Request,

    /// <summary>A background operation.</summary>
    Operation,

    /// <summary>The end of a process by an uncaught exception.</summary>
    Crash,

    /// <summary>A word of the recorder itself.</summary>
    Note,
}
