namespace FlightRecorder;

/// <summary>What a search by the beginning of an id came to: none, the one, or several to choose from.</summary>
/// <param name="Found">The recording, when exactly one matches.</param>
/// <param name="Candidates">The heads of those that match, newest first, when several do; not all of them when there are many.</param>
internal sealed record IdLookup(Recording? Found, IReadOnlyList<RecordingSummary> Candidates)
{
    public const int MaxCandidates = 10;

    public static IdLookup None { get; } = new(null, []);

    public bool IsAmbiguous => Found is null && Candidates.Count > 0;
}
