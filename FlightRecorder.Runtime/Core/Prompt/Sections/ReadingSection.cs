namespace FlightRecorder.Prompts;

/// <summary>Files and lines, the most telling first, and the earlier recordings that share rows.</summary>
internal static class ReadingSection
{
    private const int MaxReasons = 4;

    public static void Write(PromptPage page, PromptCase @case)
    {
        page.Heading("Where to start reading");
        EvidenceBlock block = page.Block("source locations", "Unknown: the recording names no file and line. Find the handler by its method and route.\n");
        CodePlace[] types = [.. CodePlaces.Types(@case.Recording).Where(type => type.Location.Length > 0)];
        foreach (IGrouping<string, CodePlace> place in CodePlaces.Of(@case.Recording).Concat(types).GroupBy(place => place.Location, StringComparer.Ordinal))
        {
            string what = string.Join(", ", place.Select(each => each.What).Distinct().Take(MaxReasons));
            block.Add(Signal.Location, $"{VisibleText.Line(what)}: {VisibleText.Line(place.Key)}");
        }

        if (@case.Recording.Endpoint?.Location is null && block.Items.Count > 0)
        {
            page.Words("The handler's own location is unknown.\n");
        }

        if (types.Length == 0 && block.Items.Count > 0)
        {
            page.Words("Where DTOs and entities are declared is not recorded.\n");
        }

        RelatedSection.Write(page, @case);
    }
}
