namespace FlightRecorder.Prompts;

/// <summary>A block of recorded data in a fence, or of hints without one: its source, its pieces, and what stands in its place when it has none.</summary>
internal sealed class EvidenceBlock(string source, string whenEmpty, EvidenceFence fence, bool isFenced = true)
{
    private readonly List<EvidenceItem> _items = [];

    /// <summary>What the data is, in our own words.</summary>
    public string Source { get; } = source;

    /// <summary>Our own words for a block without any piece.</summary>
    public string WhenEmpty { get; } = whenEmpty;

    /// <summary>What stands before the first piece.</summary>
    public string Open => isFenced ? fence.Open(Source) : "";

    /// <summary>What stands after the last piece.</summary>
    public string Close => isFenced ? fence.Close() : "\n";

    public IReadOnlyList<EvidenceItem> Items => _items;

    public void Add(Signal signal, string text) => _items.Add(new EvidenceItem(signal, fence.Guard(text)));

    /// <summary>Adds a long text as its beginning, which tells as much as <paramref name="signal"/>, and its rest, which tells little.</summary>
    public void AddLong(Signal signal, string text, int head)
    {
        text = fence.Guard(text);
        if (text.Length <= head)
        {
            _items.Add(new EvidenceItem(signal, text));
            return;
        }

        int cut = TextCut.Before(text, head);
        _items.Add(new EvidenceItem(signal, text[..cut]));
        _items.Add(new EvidenceItem(Signal.Bulk, text[cut..], Continues: true));
    }
}
