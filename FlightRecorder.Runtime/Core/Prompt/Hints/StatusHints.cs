namespace FlightRecorder.Prompts;

/// <summary>What the answer's class points to.</summary>
internal static class StatusHints
{
    public static IEnumerable<string> Find(PromptCase @case)
    {
        switch (@case.Recording.Outcome)
        {
            case RecordingOutcome.Aborted:
                yield return "The client went away: check which work went on without it and which stopped halfway.";
                yield break;
            case RecordingOutcome.Unfinished:
                yield return "The process died before the end: the last steps of the timeline are the last that is known.";
                yield break;
        }

        if (Words(@case.Status) is { } words)
        {
            yield return words;
        }
    }

    private static string? Words(int status) => status switch
    {
        >= 500 => "The answer blames the server: check invariants, error handling and what a rollback leaves behind.",
        409 => "The answer says conflict: find the state it conflicts with and who wrote it.",
        400 or 422 => "The answer blames the input: compare the body with the validation rules, and decide which of them is wrong.",
        401 or 403 => "Access was refused: compare the actor with what the endpoint asks for.",
        404 => "Something was not found: check whether the identifier is wrong, or the row missing or filtered out.",
        429 => "The caller was limited: check the limit's key and window.",
        >= 400 => "The answer blames the caller: compare the request with what the handler asks for.",
        _ => null,
    };
}
