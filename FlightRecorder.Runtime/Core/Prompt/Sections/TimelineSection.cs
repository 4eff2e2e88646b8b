using System.Globalization;
using System.Text.Json;

namespace FlightRecorder.Prompts;

/// <summary>The timed steps. Failed ones tell most, then the last ones.</summary>
internal static class TimelineSection
{
    private const int LastSteps = 20;
    private const int SqlHead = 2_000;

    public static void Write(PromptPage page, PromptCase @case)
    {
        page.Heading("Timeline");
        EvidenceBlock block = page.Block("timeline", "No step was recorded.\n");
        IReadOnlyList<RecordedEntry> timeline = @case.Recording.Timeline;
        var labels = new StepLabels(@case.Recording);
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        for (int i = 0; i < timeline.Count; i++)
        {
            Signal signal = timeline[i].Error is not null && labels[i] is null ? Signal.FailedSql : i >= timeline.Count - LastSteps ? Signal.Timeline : Signal.Bulk;
            block.AddLong(signal, Describe(timeline[i], i, labels[i], known), SqlHead);
        }
    }

    private static string Describe(RecordedEntry entry, int index, string? label, Dictionary<string, int> known)
    {
        List<string> lines = [$"{Measure.Label('T', index)} +{Measure.Milliseconds(entry.AtUs)} {VisibleText.Line(entry.Type)}{Facts(entry, label)}"];
        AddSql(lines, entry, index, known);
        AddValue(lines, "parameters", entry.Parameters);
        AddValue(lines, "data", entry.Data);
        if (!string.IsNullOrEmpty(entry.Error) && label is null)
        {
            lines.Add(entry.Error.Contains('\n') ? $"  failed:\n{VisibleText.Lines(entry.Error)}" : $"  failed: {VisibleText.Line(entry.Error)}");
        }

        return string.Join('\n', lines);
    }

    private static string Facts(RecordedEntry entry, string? label)
    {
        IEnumerable<string?> facts =
        [
            label,
            string.IsNullOrEmpty(entry.Detail) ? null : VisibleText.Line(entry.Detail),
            entry.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"status {status}") : null,
            entry.DurationUs is { } duration && entry.Type != TimelineTypes.ResponseSent ? $"took {Measure.Milliseconds(duration)}" : null,
            entry.Rows is { } rows ? Measure.Count(rows, "row") : null,
            string.IsNullOrEmpty(entry.Location) ? null : VisibleText.Line(entry.Location),
        ];
        return string.Concat(facts.Where(fact => fact is not null).Select(fact => " · " + fact));
    }

    private static void AddSql(List<string> lines, RecordedEntry entry, int index, Dictionary<string, int> known)
    {
        if (string.IsNullOrEmpty(entry.Sql))
        {
            return;
        }

        // A failed statement is always written out: the step it repeats may be cut.
        bool repeated = !known.TryAdd(entry.Sql, index) && entry.Error is null;
        lines.Add(repeated ? $"    (the statement of {Measure.Label('T', known[entry.Sql])})" : VisibleText.Lines(entry.Sql));
    }

    private static void AddValue(List<string> lines, string name, JsonElement value)
    {
        if (JsonText.IsPresent(value))
        {
            lines.Add($"  {name}: {VisibleText.Line(JsonText.Compact(value))}");
        }
    }
}
