namespace FlightRecorder.Prompts;

/// <summary>How much a piece of evidence tells; under a tight budget the lower ones (later in this list) go first.</summary>
internal enum Signal
{
    /// <summary>Type and message of an exception, and where it was thrown.</summary>
    Exception,

    /// <summary>A statement that failed.</summary>
    FailedSql,

    /// <summary>What a row was before and after.</summary>
    Mutation,

    /// <summary>What the request was and how it ended.</summary>
    Summary,

    /// <summary>Files and lines.</summary>
    Location,

    /// <summary>What the rules make of it.</summary>
    Hint,

    /// <summary>Other recordings that wrote the same rows.</summary>
    Related,

    /// <summary>The beginning of the request's body, its query and route values.</summary>
    Request,

    /// <summary>What could not be captured.</summary>
    Gap,

    /// <summary>The upper frames of a stack.</summary>
    Stack,

    /// <summary>The beginning of the response's body.</summary>
    Response,

    /// <summary>The last steps of the timeline.</summary>
    Timeline,

    /// <summary>Headers, tags, trace: what surrounds the request.</summary>
    Context,

    /// <summary>The rest of whatever is long.</summary>
    Bulk,
}
