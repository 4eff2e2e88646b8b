using System.Globalization;

namespace FlightRecorder.Prompts;

/// <summary>Says, in our own words, what the budget cut.</summary>
internal static class PromptCuts
{
    private const string Lead = "Cut to fit the character budget, least telling first: ";

    /// <summary>The note, or nothing when all was kept. It is longest when nothing was kept: its numbers only shrink from there.</summary>
    public static string Note(PromptPage page, PromptBudget budget)
    {
        string[] cuts = [.. Blocks(page).Select(block => Note(block, budget)).OfType<string>()];
        return cuts.Length == 0 ? "" : Lead + string.Join("; ", cuts) + ".\n";
    }

    private static string? Note(EvidenceBlock block, PromptBudget budget)
    {
        int all = block.Items.Sum(item => item.Text.Length);
        int kept = block.Items.Sum(item => budget.Kept(item)?.Length ?? 0);
        return kept >= all ? null : string.Create(CultureInfo.InvariantCulture, $"{block.Source} {all - kept} of {all}");
    }

    private static IEnumerable<EvidenceBlock> Blocks(PromptPage page) => page.Parts.OfType<PromptPart.Evidence>().Select(part => part.Block);
}
