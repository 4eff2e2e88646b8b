using System.Text;

namespace FlightRecorder.Prompts;

/// <summary>Writes a page as Markdown, with what the budget kept.</summary>
internal static class PromptRenderer
{
    public static string Render(PromptPage page, PromptBudget budget)
    {
        var text = new StringBuilder();
        foreach (PromptPart part in page.Parts)
        {
            switch (part)
            {
                case PromptPart.Words words: text.Append(words.Text); break;
                case PromptPart.Evidence evidence: Append(text, evidence.Block, budget); break;
                case PromptPart.CutNote: text.Append(PromptCuts.Note(page, budget)); break;
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, EvidenceBlock block, PromptBudget budget)
    {
        int begin = text.Length;
        foreach (EvidenceItem item in block.Items)
        {
            if (budget.Kept(item) is { } kept)
            {
                text.Append(text.Length == begin ? block.Open : item.Continues ? "" : "\n").Append(kept);
            }
        }

        text.Append(text.Length > begin ? block.Close : block.Items.Count == 0 ? block.WhenEmpty : PromptBudget.AllCut);
    }
}
