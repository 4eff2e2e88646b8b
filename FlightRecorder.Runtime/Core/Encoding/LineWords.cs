namespace FlightRecorder;

/// <summary>The words of the line's enums, quoted.</summary>
internal static class LineWords
{
    public static ReadOnlySpan<byte> Of(RecordingKind kind) => kind switch
    {
        RecordingKind.Request => "\"request\""u8,
        RecordingKind.Operation => "\"operation\""u8,
        RecordingKind.Crash => "\"crash\""u8,
        RecordingKind.Note => "\"note\""u8,
        _ => "\"unknown\""u8,
    };

    public static ReadOnlySpan<byte> Of(RecordingOutcome outcome) => outcome switch
    {
        RecordingOutcome.Completed => "\"completed\""u8,
        RecordingOutcome.Failed => "\"failed\""u8,
        RecordingOutcome.Aborted => "\"aborted\""u8,
        RecordingOutcome.Unfinished => "\"unfinished\""u8,
        _ => "\"unknown\""u8,
    };

    public static ReadOnlySpan<byte> Of(Triggers trigger) => trigger switch
    {
        Triggers.Always => "\"always\""u8,
        Triggers.Error => "\"error\""u8,
        Triggers.ClientError => "\"clientError\""u8,
        Triggers.Slow => "\"slow\""u8,
        Triggers.Mutation => "\"mutation\""u8,
        Triggers.Manual => "\"manual\""u8,
        _ => "\"crash\""u8,
    };

    public static ReadOnlySpan<byte> Of(BodyKind kind) => kind switch
    {
        BodyKind.Json => "\"json\""u8,
        BodyKind.Text => "\"text\""u8,
        BodyKind.Form => "\"form\""u8,
        _ => "\"none\""u8,
    };

    public static ReadOnlySpan<byte> Of(BodyState state) => state switch
    {
        BodyState.Complete => "\"complete\""u8,
        BodyState.Truncated => "\"truncated\""u8,
        BodyState.Partial => "\"partial\""u8,
        BodyState.Unread => "\"unread\""u8,
        BodyState.Unparsed => "\"unparsed\""u8,
        BodyState.Skipped => "\"skipped\""u8,
        _ => "\"none\""u8,
    };

    public static ReadOnlySpan<byte> Of(MutationOutcome outcome) => outcome switch
    {
        MutationOutcome.Committed => "\"committed\""u8,
        MutationOutcome.RolledBack => "\"rolledBack\""u8,
        _ => "\"unknown\""u8,
    };
}
