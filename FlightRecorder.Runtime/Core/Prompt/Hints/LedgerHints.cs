namespace FlightRecorder.Prompts;

/// <summary>Where the outcome of the writes and the answer do not go together.</summary>
internal static class LedgerHints
{
    public static IEnumerable<string> Find(PromptCase @case)
    {
        IReadOnlyList<RecordedMutation> mutations = @case.Recording.Mutations;
        int[] rolledBack = Of(mutations, MutationOutcome.RolledBack);
        int[] committed = Of(mutations, MutationOutcome.Committed);
        int[] unknown = Of(mutations, MutationOutcome.Unknown);
        if (rolledBack.Length > 0)
        {
            yield return @case.Failed
                ? $"{HintRules.Labels('M', rolledBack)} rolled back: the table shows what would have been written. Check what outside the transaction had happened by then."
                : $"{HintRules.Labels('M', rolledBack)} rolled back, yet the client was told of success.";
        }

        if (committed.Length > 0 && @case.Failed)
        {
            yield return $"{HintRules.Labels('M', committed)} stayed although the request failed: check for partial work that a transaction should hold together.";
        }

        if (unknown.Length > 0)
        {
            yield return $"{HintRules.Labels('M', unknown)} has no observed outcome: verify in the database before building on it.";
        }

        if (Repeated(mutations) is { Length: > 1 } repeated)
        {
            yield return $"{HintRules.Labels('M', repeated)} wrote one row more than once: the last write may rest on stale data.";
        }
    }

    private static int[] Of(IReadOnlyList<RecordedMutation> mutations, MutationOutcome outcome)
        => HintRules.Where(mutations, mutation => mutation.Outcome == outcome);

    /// <summary>The mutations of the first row that was written more than once.</summary>
    private static int[] Repeated(IReadOnlyList<RecordedMutation> mutations)
    {
        RowKey?[] keys = [.. mutations.Select(RowKey.Of)];
        for (int i = 0; i < keys.Length; i++)
        {
            int[] same = keys[i] is { } row ? HintRules.Where(keys, other => other is not null && other.IsSameRow(row)) : [];
            if (same.Length > 1)
            {
                return same;
            }
        }

        return [];
    }
}
