namespace FlightRecorder.Prompts;

/// <summary>
/// Decides what is kept: by signal, then in the order of the page, until the budget is used. The piece that no longer fits is
/// shortened, and everything that tells less is cut, so that a low piece never stays where a high one went.
/// </summary>
internal sealed class PromptBudget
{
    /// <summary>Said in place of a block that lost all its pieces.</summary>
    public const string AllCut = "Cut.\n";

    private const int WorthKeeping = 40;
    private const string Ellipsis = "…";

    private readonly Dictionary<EvidenceItem, string> _kept = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<EvidenceBlock> _opened = [];
    private int _left;

    private PromptBudget(int left) => _left = left;

    /// <summary>What is kept of a page within the budget, and whether anything was cut.</summary>
    public static PromptBudget Of(PromptPage page, int maxChars)
    {
        PromptBudget whole = Spend(page, int.MaxValue);
        if (PromptRenderer.Render(page, whole).Length <= maxChars)
        {
            return whole;
        }

        // The words with every block cut, and the longest note of cuts: what is left is for evidence.
        int words = PromptRenderer.Render(page, new PromptBudget(0)).Length;
        return Spend(page, maxChars - words);
    }

    /// <summary>What is kept of a piece; null when it was cut.</summary>
    public string? Kept(EvidenceItem item) => _kept.GetValueOrDefault(item);

    private static PromptBudget Spend(PromptPage page, int left)
    {
        var budget = new PromptBudget(left);
        var pieces = page.Parts.OfType<PromptPart.Evidence>()
            .SelectMany(part => part.Block.Items.Select(item => (part.Block, Item: item)))
            .OrderBy(piece => piece.Item.Signal);
        foreach ((EvidenceBlock block, EvidenceItem item) in pieces)
        {
            if (!budget.Keep(block, item))
            {
                break;
            }
        }

        return budget;
    }

    /// <summary>False when the budget is used up.</summary>
    private bool Keep(EvidenceBlock block, EvidenceItem item)
    {
        int frame = _opened.Contains(block) ? 1 : block.Open.Length + block.Close.Length - AllCut.Length;
        int room = _left - frame;
        if (item.Text.Length <= room)
        {
            Take(block, item, item.Text, frame);
            return true;
        }

        if (room >= WorthKeeping)
        {
            Take(block, item, item.Text[..TextCut.Before(item.Text, room - Ellipsis.Length)] + Ellipsis, frame);
        }

        return false;
    }

    private void Take(EvidenceBlock block, EvidenceItem item, string text, int frame)
    {
        _opened.Add(block);
        _kept.Add(item, text);
        _left -= frame + text.Length;
    }
}
