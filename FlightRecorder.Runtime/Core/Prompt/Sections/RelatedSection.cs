namespace FlightRecorder.Prompts;

/// <summary>Earlier recordings that wrote a row which this one wrote or read, and what they did to it.</summary>
internal static class RelatedSection
{
    private const int MaxBody = 300;

    public static void Write(PromptPage page, PromptCase @case)
    {
        if (@case.Related.Count == 0)
        {
            return;
        }

        page.Words("\nThese earlier recordings wrote rows that this one touched; the state it met may come from them.\n");
        EvidenceBlock block = page.Block("earlier recordings that share a row", "");
        for (int i = 0; i < @case.Related.Count; i++)
        {
            block.Add(Signal.Related, Describe(@case.Recording, @case.Related[i], Measure.Label('R', i)));
        }
    }

    private static string Describe(Recording recording, RelatedRecording related, string label)
    {
        Recording earlier = related.Recording;
        List<string> lines = [$"{label} {SummarySection.Headline(earlier)}, recording {earlier.Id} at {Measure.Time(earlier.StartedAt)}"];
        if (earlier.Endpoint is { } endpoint)
        {
            lines.Add($"  handler {VisibleText.Line(endpoint.Name)}: {VisibleText.Line(endpoint.Location ?? "location unknown")}");
        }

        if (earlier.Request is { } request && JsonText.IsPresent(request.Body.Value))
        {
            lines.Add($"  request body: {VisibleText.Shorten(VisibleText.Line(JsonText.Compact(request.Body.Value)), MaxBody)}");
        }

        foreach (SharedRow row in related.Rows)
        {
            RecordedMutation theirs = earlier.Mutations[row.Theirs];
            string ours = row.Mutation >= 0 ? $"the row of {Measure.Label('M', row.Mutation)}" : $"a row that {Measure.Label('T', row.Query)} names";
            lines.Add($"  {MutationText.Title(theirs)}, {ours}");
            lines.AddRange(RowDiff.Of(theirs).Select(line => "    " + line));
        }

        return string.Join('\n', lines);
    }
}
