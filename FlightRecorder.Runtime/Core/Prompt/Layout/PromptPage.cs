namespace FlightRecorder.Prompts;

/// <summary>The prompt as its parts, in order, before the budget is applied.</summary>
internal sealed class PromptPage(EvidenceFence fence)
{
    private readonly List<PromptPart> _parts = [];

    public EvidenceFence Fence { get; } = fence;

    public IReadOnlyList<PromptPart> Parts => _parts;

    public void Heading(string title) => Words($"\n## {title}\n");

    /// <summary>Our own words, a line or more. Never recorded data.</summary>
    public void Words(string text) => _parts.Add(new PromptPart.Words(text));

    /// <summary>A block for recorded data.</summary>
    /// <param name="source">What the data is.</param>
    /// <param name="whenEmpty">What is said when there is none.</param>
    public EvidenceBlock Block(string source, string whenEmpty)
    {
        var block = new EvidenceBlock(source, whenEmpty, Fence);
        _parts.Add(new PromptPart.Evidence(block));
        return block;
    }

    /// <summary>A block for our own words that the budget may cut.</summary>
    public EvidenceBlock Hints(string source, string whenEmpty)
    {
        var block = new EvidenceBlock(source, whenEmpty, Fence, isFenced: false);
        _parts.Add(new PromptPart.Evidence(block));
        return block;
    }

    public void CutNote() => _parts.Add(new PromptPart.CutNote());
}
