namespace FlightRecorder;

/// <summary>Lines that a journal needs for itself: they are in no list of recordings.</summary>
internal static class Housekeeping
{
    public static bool Is(RecordingSummary head) => head.Kind == RecordingKind.Note && (Tombstone.Is(head) || RunNote.Is(head));
}
