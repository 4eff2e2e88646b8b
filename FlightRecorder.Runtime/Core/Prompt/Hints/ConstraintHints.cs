namespace FlightRecorder.Prompts;

/// <summary>The database refused a write: the cause is often an earlier write that left the row in the state this one met.</summary>
internal static class ConstraintHints
{
    private static readonly (string Kind, string[] Words)[] Kinds =
    [
        ("check", ["23514", "check constraint"]),
        ("unique", ["23505", "unique constraint", "duplicate key"]),
        ("foreign key", ["23503", "foreign key constraint"]),
        ("not-null", ["23502", "not-null constraint"]),
        ("exclusion", ["23P01", "exclusion constraint"]),
    ];

    public static IEnumerable<string> Find(PromptCase @case)
    {
        for (int i = 0; i < @case.Recording.Errors.Count; i++)
        {
            RecordedError error = @case.Recording.Errors[i];
            if (Array.Find(Kinds, kind => ErrorFacts.Says(error, kind.Words)) is { Kind: { } found })
            {
                yield return $"{Measure.Label('E', i)}: a {found} constraint refused a write. The row's state before it is part of the cause: find which earlier write produced it{Earlier(@case)}.";
            }
        }
    }

    private static string Earlier(PromptCase @case)
    {
        if (@case.Related.Count == 0)
        {
            return "; no related recording was handed in";
        }

        int[] rows = [.. @case.Related[0].Rows.Select(row => row.Mutation).Where(mutation => mutation >= 0).Distinct().Order()];
        return rows.Length > 0 ? $"; begin with R1, which wrote the same {(rows.Length == 1 ? "row" : "rows")} as {HintRules.Labels('M', rows)}" : "; begin with R1, which wrote a row read here";
    }
}
