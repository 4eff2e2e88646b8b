namespace FlightRecorder.Prompts;

/// <summary>A recording to explain, with the earlier ones that share rows with it.</summary>
/// <remarks>Sections refer to its parts by label, counted from 1: T timeline entry, M mutation, E error, R related recording.</remarks>
internal sealed record PromptCase(Recording Recording, IReadOnlyList<RelatedRecording> Related)
{
    public int Status => Recording.Response?.Status ?? 0;

    /// <summary>Whether the client was told, or the recorder saw, that it did not work.</summary>
    public bool Failed => Status >= 400 || Recording.Outcome is RecordingOutcome.Failed or RecordingOutcome.Aborted or RecordingOutcome.Unfinished;
}
