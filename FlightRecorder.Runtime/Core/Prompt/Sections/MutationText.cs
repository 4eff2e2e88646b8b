namespace FlightRecorder.Prompts;

/// <summary>A mutation in words.</summary>
internal static class MutationText
{
    /// <summary>With its diff, statement and parameters; a statement of the timeline is named, not written again.</summary>
    /// <param name="mutation">The mutation.</param>
    /// <param name="label">Its label.</param>
    /// <param name="statements">The place of each statement in the timeline, by its text.</param>
    public static string Describe(RecordedMutation mutation, string label, IReadOnlyDictionary<string, int> statements)
    {
        List<string> lines = [$"{label} {Title(mutation)}{Facts(mutation)}"];
        lines.AddRange(RowDiff.Of(mutation).Select(line => "    " + line));
        if (!string.IsNullOrEmpty(mutation.Where))
        {
            lines.Add($"  where: {VisibleText.Line(mutation.Where)}");
        }

        AddStatement(lines, mutation, statements);
        return string.Join('\n', lines);
    }

    private static void AddStatement(List<string> lines, RecordedMutation mutation, IReadOnlyDictionary<string, int> statements)
    {
        if (mutation.Sql is { Length: > 0 } sql && statements.TryGetValue(sql, out int step))
        {
            lines.Add($"  statement and parameters: those of {Measure.Label('T', step)}");
            return;
        }

        if (!string.IsNullOrEmpty(mutation.Sql))
        {
            lines.Add(VisibleText.Lines(mutation.Sql));
        }

        if (JsonText.IsPresent(mutation.Parameters))
        {
            lines.Add($"  parameters: {VisibleText.Line(JsonText.Compact(mutation.Parameters))}");
        }
    }

    /// <summary><c>update stock (Stock) {"product_id":3}, rolledBack</c>.</summary>
    public static string Title(RecordedMutation mutation)
    {
        string table = VisibleText.Line(mutation.Table ?? mutation.Model ?? "unknown table");
        string model = mutation.Model is { } name && mutation.Table is not null ? $" ({VisibleText.Line(name)})" : "";
        string key = JsonText.IsPresent(mutation.Key) ? " " + VisibleText.Line(JsonText.Compact(mutation.Key)) : "";
        return $"{VisibleText.Line(mutation.Operation)} {table}{model}{key}, {Named.Of(mutation.Outcome)}";
    }

    private static string Facts(RecordedMutation mutation)
    {
        IEnumerable<string?> facts =
        [
            mutation.Rows is { } rows ? Measure.Count(rows, "row") : null,
            mutation.Attempt > 1 ? $"tried {Measure.Count(mutation.Attempt, "time")}" : null,
            string.IsNullOrEmpty(mutation.Transaction) ? null : $"transaction {VisibleText.Line(mutation.Transaction)}",
            string.IsNullOrEmpty(mutation.Location) ? null : VisibleText.Line(mutation.Location),
        ];
        return string.Concat(facts.Where(fact => fact is not null).Select(fact => " · " + fact));
    }
}
