namespace FlightRecorder;

/// <summary>A growing list that keeps its array when a pooled recording is used again; capped, and counts what did not fit.</summary>
internal struct EntryList<T>(int max)
{
    private T[] _items = [];

    public int Count { get; private set; }

    /// <summary>How many have room without a larger array.</summary>
    public readonly int Capacity => _items.Length;

    /// <summary>How many entries did not fit.</summary>
    public int Dropped { get; private set; }

    public readonly ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    public readonly Span<T> AsSpan() => _items.AsSpan(0, Count);

    public readonly ref T this[int index] => ref _items[index];

    public bool Add(T item)
    {
        if (Count == max)
        {
            Dropped++;
            return false;
        }

        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Min(max, Math.Max(8, Count * 2)));
        }

        _items[Count++] = item;
        return true;
    }

    /// <summary>Forgets the entries; a large array is given up.</summary>
    public void Clear()
    {
        if (_items.Length > 64)
        {
            _items = [];
        }
        else
        {
            Array.Clear(_items, 0, Count);
        }

        Count = 0;
        Dropped = 0;
    }
}
