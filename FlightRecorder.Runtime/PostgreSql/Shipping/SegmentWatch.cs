namespace FlightRecorder.PostgreSql;

/// <summary>
/// Notices segments that go: retention, or a person, deletes them whether they were sent or not. It looks also while the server is away. One
/// that came and went between two looks is not noticed: numbers of a run tell nothing, since a full disk uses them up, too.
/// </summary>
internal sealed class SegmentWatch(string directory)
{
    private readonly Dictionary<string, long> _gone = new(StringComparer.Ordinal);

    private Dictionary<string, long> _there = new(StringComparer.Ordinal);

    // One that is renamed while the directory is read may be missed once.
    private Dictionary<string, long> _missed = new(StringComparer.Ordinal);

    /// <summary>The segments, in the order in which they are sent.</summary>
    public IReadOnlyList<SegmentFile> Look()
    {
        IReadOnlyList<SegmentFile> segments = [.. SegmentListing.Of(directory).OrderBy(file => file.Name.Series, StringComparer.Ordinal).ThenBy(file => file.Name.Ordinal)];
        Dictionary<string, long> there = new(StringComparer.Ordinal);
        foreach (SegmentFile segment in segments)
        {
            there[KeyOf(segment)] = LengthOf(segment);
        }

        foreach ((string key, long length) in _missed.Where(pair => !there.ContainsKey(pair.Key)))
        {
            _gone[key] = length;
        }

        _missed = _there.Where(pair => !there.ContainsKey(pair.Key)).ToDictionary(StringComparer.Ordinal);
        _there = there;
        return segments;
    }

    /// <summary>The segments that went since this was asked last, with their lengths when they were last seen.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> TakeGone()
    {
        KeyValuePair<string, long>[] gone = [.. _gone];
        _gone.Clear();
        return gone;
    }

    public bool MayBeThere(string segment) => _there.ContainsKey(segment) || _missed.ContainsKey(segment);

    /// <summary>How long a segment is, as far as it can be trusted.</summary>
    public static long LengthOf(SegmentFile segment) => Math.Min(segment.Bytes, segment.Name.GoodBytes ?? long.MaxValue);

    /// <summary>What a segment is called here; one that is put aside later keeps its name.</summary>
    public static string KeyOf(SegmentFile segment) => (segment.Name with { GoodBytes = null }).ToString();
}
