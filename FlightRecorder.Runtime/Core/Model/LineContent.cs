namespace FlightRecorder;

/// <summary>What a reader made of an intact line.</summary>
internal enum LineContent
{
    /// <summary>A recording.</summary>
    Recording,

    /// <summary>A line of a later version than this one reads.</summary>
    FutureVersion,

    /// <summary>A kind this version does not know.</summary>
    UnknownKind,

    /// <summary>Not a journal line.</summary>
    Malformed,
}
