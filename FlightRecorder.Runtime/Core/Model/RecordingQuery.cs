namespace FlightRecorder;

/// <summary>Which recordings to list; conditions that are null do not restrict, all others must hold.</summary>
public sealed record RecordingQuery
{
    /// <summary>At most so many, newest first; 1 to 10 000. Default: 50.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Begun at or after.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Begun before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>A glob over the path, or the exact route template.</summary>
    public string? Route { get; init; }

    /// <summary>The response status.</summary>
    public int? Status { get; init; }

    /// <summary>How it ended.</summary>
    public RecordingOutcome? Outcome { get; init; }

    /// <summary>The request id.</summary>
    public string? RequestId { get; init; }

    /// <summary>The trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The actor's id.</summary>
    public string? ActorId { get; init; }

    /// <summary>
    /// Words that one of its errors has, all of them: in its type, its message, and those of the errors inside it. 1 to 1 000 characters, among them a letter or a digit.
    /// </summary>
    /// <remarks>
    /// A word is a run of letters and digits and is met as a whole, in any order; anything else only separates. A to Z are the same in either case, other letters are not.
    /// Of a word the first 64 characters count, of an error the first 1 000 different words.
    /// </remarks>
    /// <exception cref="ArgumentException">It is empty, too long, or has no letter and no digit.</exception>
    public string? ErrorText
    {
        get;
        init => field = value is null || ErrorSearch.Fault(value) is not { } fault ? value : throw new ArgumentException($"ErrorText {fault}, or null.", nameof(value));
    }
}
