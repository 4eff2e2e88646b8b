namespace FlightRecorder.Prompts;

/// <summary>Names that the journal's format gives to values.</summary>
internal static class Named
{
    private static readonly (Triggers Trigger, string Name)[] TriggerNames =
    [
        (Triggers.Always, "always"),
        (Triggers.Error, "error"),
        (Triggers.ClientError, "clientError"),
        (Triggers.Slow, "slow"),
        (Triggers.Mutation, "mutation"),
        (Triggers.Manual, "manual"),
        (Triggers.Crash, "crash"),
    ];

    public static string Of(MutationOutcome outcome) => outcome switch
    {
        MutationOutcome.Committed => "committed",
        MutationOutcome.RolledBack => "rolledBack",
        _ => "unknown",
    };

    public static string Of(RecordingOutcome outcome) => outcome switch
    {
        RecordingOutcome.Completed => "completed",
        RecordingOutcome.Failed => "failed",
        RecordingOutcome.Aborted => "aborted",
        RecordingOutcome.Unfinished => "unfinished",
        _ => "unknown",
    };

    public static string Of(BodyState state) => state switch
    {
        BodyState.None => "none",
        BodyState.Complete => "complete",
        BodyState.Truncated => "truncated: only its beginning was stored",
        BodyState.Partial => "partial: the request ended early",
        BodyState.Unread => "unread: the app did not read it",
        BodyState.Unparsed => "unparsed: it could not be redacted, so it was not stored",
        BodyState.Skipped => "skipped: not asked for, or of a type that is not stored",
        _ => "unknown",
    };

    /// <summary><c>error, mutation</c>; empty for none.</summary>
    public static string Of(Triggers triggers) => string.Join(", ", TriggerNames.Where(each => triggers.HasFlag(each.Trigger)).Select(each => each.Name));
}
