namespace FlightRecorder;

/// <summary>
/// The values that one recording hides, as UTF-8. Those of <see cref="MinScrubbed"/> and more characters are hidden wherever
/// they turn up; shorter ones would tear harmless text apart and count only as whole values. Pooled with its encoder.
/// </summary>
internal sealed class SecretSet
{
    public const int MinScrubbed = 4;
    private const int MaxSecrets = 2048;
    private const int MaxBytes = 1024 * 1024;

    private readonly LineBuffer _bytes = new();
    private Entry[] _entries = new Entry[16];
    private int _count;

    private readonly record struct Entry(int Start, int Length, int Owner, bool IsShort, bool IsCut);

    /// <summary>Values inside the replacement text are no secrets: they would be found in every mask.</summary>
    public byte[] Replacement { get; set; } = [];

    public int Count => _count;

    /// <summary>More was hidden than can be searched for: what follows cannot be vouched for.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Whose value is added now: a mutation's index, or -1 for the rest of the recording.</summary>
    public int Owner { get; set; } = -1;

    /// <summary>Whether there is anything to search text for.</summary>
    public bool HasLong { get; private set; }

    public ReadOnlySpan<byte> this[int index] => _bytes.Written.Slice(_entries[index].Start, _entries[index].Length);

    public bool IsShort(int index) => _entries[index].IsShort;

    /// <summary>Whether only the beginning of the value is known.</summary>
    public bool IsCut(int index) => _entries[index].IsCut;

    /// <summary>Whether only values hidden for their shape are taken: of others no echo is hidden. Set before the first is added.</summary>
    public bool OnlyShaped { get; set; }

    /// <summary>Says that not every hidden value is known.</summary>
    public void Overflow() => Overflowed = true;

    public void Add(ReadOnlySpan<byte> value) => Add(value, isCut: false, isShaped: false);

    /// <summary>Adds the beginning of a value whose rest was cut off.</summary>
    public void AddCut(ReadOnlySpan<byte> value) => Add(value, isCut: true, isShaped: false);

    /// <summary>Adds a value that is hidden for its shape, in whatever place, even where echoes are not.</summary>
    public void AddShaped(ReadOnlySpan<byte> value) => Add(value, isCut: false, isShaped: true);

    public void Add(ReadOnlySpan<char> value)
    {
        Span<byte> utf8 = stackalloc byte[256];
        if (System.Text.Encoding.UTF8.TryGetBytes(value, utf8, out int length))
        {
            Add(utf8[..length]);
            return;
        }

        Add(System.Text.Encoding.UTF8.GetBytes(value.ToArray()));
    }

    /// <summary>Whether a short value was hidden somewhere.</summary>
    public bool HidesShort(ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_entries[i].IsShort && this[i].SequenceEqual(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a short value was hidden by the same owner.</summary>
    public bool HidesShort(ReadOnlySpan<byte> value, int owner)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_entries[i].IsShort && _entries[i].Owner == owner && this[i].SequenceEqual(value))
            {
                return true;
            }
        }

        return false;
    }

    public void Clear()
    {
        _bytes.Wipe();
        _count = 0;
        Owner = -1;
        Overflowed = HasLong = false;
        if (_entries.Length > 256)
        {
            _entries = new Entry[16];
        }
    }

    private void Add(ReadOnlySpan<byte> value, bool isCut, bool isShaped)
    {
        if (value.IsEmpty || Overflowed || (OnlyShaped && !isShaped) || Replacement.AsSpan().IndexOf(value) >= 0)
        {
            return;
        }

        bool isShort = CharsOf(value) < MinScrubbed;
        int owner = isShort ? Owner : -1;
        if (IsKnown(value, owner))
        {
            return;
        }

        if (_count == MaxSecrets || _bytes.Length + value.Length > MaxBytes)
        {
            Overflowed = true;
            return;
        }

        Append(value, new Entry(_bytes.Length, value.Length, owner, isShort, isCut));
    }

    private static int CharsOf(ReadOnlySpan<byte> value)
        => value.Length >= MinScrubbed * 4 ? MinScrubbed : System.Text.Encoding.UTF8.GetCharCount(value);

    private bool IsKnown(ReadOnlySpan<byte> value, int owner)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_entries[i].Length == value.Length && _entries[i].Owner == owner && this[i].SequenceEqual(value))
            {
                return true;
            }
        }

        return false;
    }

    private void Append(ReadOnlySpan<byte> value, Entry entry)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        _entries[_count++] = entry;
        _bytes.Raw(value);
        HasLong |= !entry.IsShort;
    }
}
