namespace FlightRecorder;

/// <summary>The members that lead to the places named by <see cref="RedactionOptions.Paths"/>, as a tree from the body's root.</summary>
internal sealed class RedactionPathNode
{
    private readonly Dictionary<string, RedactionPathNode> _children = new(StringComparer.Ordinal);

    /// <summary>Whether a path ends here: the value is hidden.</summary>
    public bool IsEnd { get; private set; }

    public RedactionPathNode? Child(ReadOnlySpan<char> folded)
        => _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(folded, out RedactionPathNode? child) ? child : null;

    public void Add(ReadOnlySpan<string> members)
    {
        if (members.IsEmpty)
        {
            IsEnd = true;
            return;
        }

        string name = NameFold.Of(members[0]);
        if (!_children.TryGetValue(name, out RedactionPathNode? child))
        {
            _children[name] = child = new RedactionPathNode();
        }

        child.Add(members[1..]);
    }
}
