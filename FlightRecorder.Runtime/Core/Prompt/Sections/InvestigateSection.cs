namespace FlightRecorder.Prompts;

/// <summary>Hints that follow from the evidence by fixed rules.</summary>
internal static class InvestigateSection
{
    public static void Write(PromptPage page, PromptCase @case)
    {
        page.Heading("What to investigate");
        EvidenceBlock block = page.Hints("hints", HintRules.Nothing);
        foreach (string hint in HintRules.All.SelectMany(rule => rule(@case)).Take(HintRules.Max))
        {
            block.Add(Signal.Hint, $"- {hint}");
        }
    }
}
