namespace FlightRecorder;

/// <summary>The words of the journal line for the enumerations of the model, both ways; an unknown word is the enumeration's unknown value.</summary>
internal static class RecordingWords
{
    private static readonly (Triggers Flag, string Word)[] s_triggers =
    [
        (Triggers.Always, "always"), (Triggers.Error, "error"), (Triggers.ClientError, "clientError"), (Triggers.Slow, "slow"),
        (Triggers.Mutation, "mutation"), (Triggers.Manual, "manual"), (Triggers.Crash, "crash"),
    ];

    public static RecordingKind Kind(string? word) => word switch
    {
        "request" => RecordingKind.Request,
        "operation" => RecordingKind.Operation,
        "crash" => RecordingKind.Crash,
        "note" => RecordingKind.Note,
        _ => RecordingKind.Unknown,
    };

    public static RecordingOutcome Outcome(string? word) => word switch
    {
        "completed" => RecordingOutcome.Completed,
        "failed" => RecordingOutcome.Failed,
        "aborted" => RecordingOutcome.Aborted,
        "unfinished" => RecordingOutcome.Unfinished,
        _ => RecordingOutcome.Unknown,
    };

    public static BodyKind BodyKind(string? word) => word switch
    {
        "json" => FlightRecorder.BodyKind.Json,
        "text" => FlightRecorder.BodyKind.Text,
        "form" => FlightRecorder.BodyKind.Form,
        _ => FlightRecorder.BodyKind.None,
    };

    public static BodyState BodyState(string? word) => word switch
    {
        "complete" => FlightRecorder.BodyState.Complete,
        "truncated" => FlightRecorder.BodyState.Truncated,
        "partial" => FlightRecorder.BodyState.Partial,
        "unread" => FlightRecorder.BodyState.Unread,
        "unparsed" => FlightRecorder.BodyState.Unparsed,
        "skipped" => FlightRecorder.BodyState.Skipped,
        _ => FlightRecorder.BodyState.None,
    };

    public static MutationOutcome MutationOutcome(string? word) => word switch
    {
        "committed" => FlightRecorder.MutationOutcome.Committed,
        "rolledBack" => FlightRecorder.MutationOutcome.RolledBack,
        _ => FlightRecorder.MutationOutcome.Unknown,
    };

    public static Triggers Trigger(string? word)
    {
        foreach ((Triggers flag, string known) in s_triggers)
        {
            if (word == known)
            {
                return flag;
            }
        }

        return Triggers.None;
    }

    public static IEnumerable<string> Of(Triggers triggers)
    {
        foreach ((Triggers flag, string word) in s_triggers)
        {
            if (triggers.HasFlag(flag))
            {
                yield return word;
            }
        }
    }

    public static string Of(RecordingKind kind) => kind switch
    {
        RecordingKind.Request => "request",
        RecordingKind.Operation => "operation",
        RecordingKind.Crash => "crash",
        RecordingKind.Note => "note",
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
        FlightRecorder.BodyState.Complete => "complete",
        FlightRecorder.BodyState.Truncated => "truncated",
        FlightRecorder.BodyState.Partial => "partial",
        FlightRecorder.BodyState.Unread => "unread",
        FlightRecorder.BodyState.Unparsed => "unparsed",
        FlightRecorder.BodyState.Skipped => "skipped",
        _ => "none",
    };

    public static string Of(MutationOutcome outcome) => outcome switch
    {
        FlightRecorder.MutationOutcome.Committed => "committed",
        FlightRecorder.MutationOutcome.RolledBack => "rolled back",
        _ => "unknown",
    };
}
