namespace FlightRecorder.Prompts;

/// <summary>The rows changed, or tried to change, with what became of them.</summary>
internal static class MutationSection
{
    private const int FirstOfAll = 4;

    public static void Write(PromptPage page, PromptCase @case)
    {
        page.Heading("Mutations with outcome");
        EvidenceBlock block = page.Block("mutations", "No row was changed.\n");
        IReadOnlyList<RecordedMutation> mutations = @case.Recording.Mutations;
        HashSet<int> telling = Telling(@case);
        var steps = new StatementSteps(@case.Recording.Timeline);
        for (int i = 0; i < mutations.Count; i++)
        {
            block.AddLong(telling.Contains(i) ? Signal.Mutation : Signal.Timeline, MutationText.Describe(mutations[i], Measure.Label('M', i), steps.Find(mutations[i])), 2_000);
        }
    }

    /// <summary>Those of a row that an earlier recording wrote, then those that did not last, then the first ones.</summary>
    private static HashSet<int> Telling(PromptCase @case)
    {
        HashSet<int> shared = [.. @case.Related.SelectMany(related => related.Rows).Select(row => row.Mutation)];
        IReadOnlyList<RecordedMutation> mutations = @case.Recording.Mutations;
        return
        [
            .. Enumerable.Range(0, mutations.Count)
                .OrderByDescending(index => shared.Contains(index))
                .ThenByDescending(index => mutations[index].Outcome != MutationOutcome.Committed)
                .Take(FirstOfAll),
        ];
    }
}
