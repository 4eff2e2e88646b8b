using System.Text.Json;
using FlightRecorder.Prompts;

namespace FlightRecorder.Cli;

/// <summary>The changed rows of a recording, each as a table of before and after.</summary>
internal static class MutationSection
{
    private const int MaxRows = 20;

    public static void Write(Page page, IReadOnlyList<RecordedMutation> mutations, StatementSteps steps)
    {
        if (mutations.Count == 0)
        {
            return;
        }

        page.Heading("Mutations");
        foreach (RecordedMutation mutation in mutations)
        {
            WriteTitle(page, mutation);
            WriteStatement(page, mutation, steps.Find(mutation));
            WriteRows(page, mutation);
        }
    }

    private static void WriteTitle(Page page, RecordedMutation mutation)
    {
        page.Text("  ").Text(Units.Moment(mutation.AtUs), Style.Faint)
            .Text($"  {mutation.Operation} ").Text(mutation.Table ?? mutation.Model ?? "", Style.Strong);
        if (mutation.Key.ValueKind == JsonValueKind.Object)
        {
            page.Text(" ").Text(RecordingJson.Compact(mutation.Key));
        }

        page.Text("  ").Text(RecordingWords.Of(mutation.Outcome), StyleOf(mutation.Outcome));
        page.Line(string.Concat(
            mutation.Rows is { } rows ? $", {Units.Count(rows, "row")}" : "",
            mutation.Transaction is { } transaction ? $", transaction {transaction}" : "",
            mutation.Attempt > 1 ? $", attempt {mutation.Attempt}" : "",
            mutation.Location is { } location ? $"  {location}" : ""));
    }

    // What the timeline shows already is named by its time, not written again.
    private static void WriteStatement(Page page, RecordedMutation mutation, StatementStep? step)
    {
        if (step is { IsWhole: true } whole)
        {
            page.Line($"    statement and parameters: those at {Units.Moment(whole.AtUs)}", Style.Faint);
            return;
        }

        if (step is { } shared)
        {
            page.Line($"    statement: one of those at {Units.Moment(shared.AtUs)}", Style.Faint);
        }
        else if ((mutation.Sql ?? mutation.Where) is { } text)
        {
            page.Block(text, indent: 4, Style.Strong);
        }

        if (mutation.Parameters.ValueKind == JsonValueKind.Object)
        {
            page.Block(RecordingJson.Compact(mutation.Parameters), indent: 4, Style.Faint);
        }
    }

    // A set-based statement has arrays of rows; they are paired by their place.
    private static void WriteRows(Page page, RecordedMutation mutation)
    {
        List<JsonElement> before = Rows(mutation.Before);
        List<JsonElement> after = Rows(mutation.After);
        int count = Math.Max(before.Count, after.Count);
        for (int i = 0; i < Math.Min(count, MaxRows); i++)
        {
            RowDiff.Write(page, before.ElementAtOrDefault(i), after.ElementAtOrDefault(i), mutation.Changed);
        }

        if (count > MaxRows)
        {
            page.Line($"    and {Units.Count(count - MaxRows, "row")} more", Style.Faint);
        }
    }

    private static List<JsonElement> Rows(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray()],
        JsonValueKind.Object => [value],
        _ => [],
    };

    private static Style StyleOf(MutationOutcome outcome) => outcome switch
    {
        MutationOutcome.Committed => Style.Good,
        MutationOutcome.RolledBack => Style.Warning,
        _ => Style.Faint,
    };
}
