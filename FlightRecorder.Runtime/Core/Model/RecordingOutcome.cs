namespace FlightRecorder;

/// <summary>How a request or operation ended.</summary>
public enum RecordingOutcome
{
    /// <summary>An outcome this version does not know.</summary>
    Unknown,

    /// <summary>It ended by itself.</summary>
    Completed,

    /// <summary>An exception left it, or its status was 500 and above.</summary>
    Failed,

    /// <summary>The client went away, or the connection broke.</summary>
    Aborted,

    /// <summary>The process died before it ended.</summary>
    Unfinished,
}
