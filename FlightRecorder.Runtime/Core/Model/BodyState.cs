namespace FlightRecorder;

/// <summary>How much of a body was stored.</summary>
public enum BodyState
{
    /// <summary>There was no body.</summary>
    None,

    /// <summary>All of it.</summary>
    Complete,

    /// <summary>Its beginning, up to the limit.</summary>
    Truncated,

    /// <summary>What passed before the request ended early.</summary>
    Partial,

    /// <summary>Nothing: the app did not read it.</summary>
    Unread,

    /// <summary>Nothing: it could not be parsed for redaction.</summary>
    Unparsed,

    /// <summary>Nothing: not asked for, or of a type that is not stored.</summary>
    Skipped,
}
