namespace FlightRecorder.Prompts;

/// <summary>A mutation in words.</summary>
internal static class MutationText
{
    /// <summary>With its diff, statement and parameters; a statement of the timeline is named, not written again.</summary>
    /// <param name="mutation">The mutation.</param>
    /// <param name="label">Its label.</param>
    /// <param name="step">The step of the timeline that carried it, or null.</param>
    public static string Describe(RecordedMutation mutation, string label, StatementStep? step)
    {
        List<string> lines = [$"{label} {Title(mutation)}{Facts(mutation)}"];
        lines.AddRange(RowDiff.Of(mutation).Select(line => "    " + line));
        bool hasRows = lines.Count > 1;
        if (!string.IsNullOrEmpty(mutation.Where))
        {
            lines.Add($"  where: {VisibleText.Line(mutation.Where)}");
        }

        AddStatement(lines, mutation, step, hasRows);
        return string.Join('\n', lines);
    }

    private static void AddStatement(List<string> lines, RecordedMutation mutation, StatementStep? step, bool hasRows)
    {
        // Without rows the parameters are all that tells what was written, and the step may be cut.
        if (hasRows && step is { IsWhole: true } whole)
        {
            lines.Add($"  statement and parameters: those of {Measure.Label('T', whole.Index)}");
            return;
        }

        if (step is { } known)
        {
            lines.Add($"  statement: {(known.IsWhole ? "that" : "one of those")} of {Measure.Label('T', known.Index)}");
        }
        else if (!string.IsNullOrEmpty(mutation.Sql))
        {
            lines.Add("  statement:");
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
