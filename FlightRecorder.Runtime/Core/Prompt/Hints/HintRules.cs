namespace FlightRecorder.Prompts;

/// <summary>The rules, the most telling first. A hint is our own words with labels and counts; it never holds recorded text.</summary>
internal static class HintRules
{
    /// <summary>Beyond these the list points everywhere.</summary>
    public const int Max = 8;

    public const string Nothing = "- No rule applies: compare what the handler promises with the timeline.\n";

    public static readonly Func<PromptCase, IEnumerable<string>>[] All =
    [
        ConstraintHints.Find,
        ExceptionHints.Find,
        LedgerHints.Find,
        StatusHints.Find,
        QueryHints.Find,
        BodyHints.Find,
    ];

    /// <summary>Labels of all that match, at most three of them.</summary>
    public static string Labels(char kind, IReadOnlyList<int> indexes)
    {
        string labels = string.Join(", ", indexes.Take(3).Select(index => Measure.Label(kind, index)));
        return indexes.Count > 3 ? $"{labels} and {Measure.Count(indexes.Count - 3, "other")}" : labels;
    }

    public static int[] Where<T>(IReadOnlyList<T> items, Func<T, bool> condition)
        => [.. Enumerable.Range(0, items.Count).Where(index => condition(items[index]))];
}
