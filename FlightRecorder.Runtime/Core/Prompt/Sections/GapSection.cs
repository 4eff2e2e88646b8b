namespace FlightRecorder.Prompts;

/// <summary>What the recorder could not see, and what the budget cut.</summary>
internal static class GapSection
{
    public static void Write(PromptPage page, PromptCase @case)
    {
        page.Heading("Gaps");
        EvidenceBlock block = page.Block("gaps", "The recorder reports none.\n");
        foreach (RecordedGap gap in @case.Recording.Gaps)
        {
            block.Add(Signal.Gap, $"{VisibleText.Line(gap.What)}: {VisibleText.Line(gap.Why)}");
        }

        page.CutNote();
    }
}
