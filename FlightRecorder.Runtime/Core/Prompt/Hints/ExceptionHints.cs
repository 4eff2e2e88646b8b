namespace FlightRecorder.Prompts;

/// <summary>What the kind of an exception points to.</summary>
internal static class ExceptionHints
{
    private static readonly (string[] Words, string Hint)[] Kinds =
    [
        (["DbUpdateConcurrencyException", "40001", "serialize access"], "two writers met on one row; compare the version read with the version written, and check for a retry"),
        (["40P01", "deadlock"], "a deadlock; compare the order in which the paths lock rows"),
        (["NullReferenceException", "ArgumentNullException"], "a value was missing; find the read that returned nothing and the guard that should follow it"),
        (["TimeoutException", "TaskCanceledException", "OperationCanceledException"], "work was cut off by time or by the client; check what was already written by then"),
        (["JsonException", "BadHttpRequestException"], "the request did not parse; compare its body with the DTO"),
        (["KeyNotFoundException", "Sequence contains no"], "something that was looked up does not exist; check who should have made it"),
        (["InvalidCastException", "FormatException"], "a value has another shape than the code expects; compare it with the declared type"),
    ];

    public static IEnumerable<string> Find(PromptCase @case)
    {
        foreach ((string[] words, string hint) in Kinds)
        {
            int[] errors = HintRules.Where(@case.Recording.Errors, error => ErrorFacts.Says(error, words));
            if (errors.Length > 0)
            {
                yield return $"{HintRules.Labels('E', errors)}: {hint}.";
            }
        }

        int[] handled = HintRules.Where(@case.Recording.Errors, error => error.Handled);
        if (handled.Length > 0 && !@case.Failed)
        {
            yield return $"{HintRules.Labels('E', handled)} was handled and the client was told of success; check that nothing was lost.";
        }
    }
}
