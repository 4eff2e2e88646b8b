namespace FlightRecorder;

/// <summary>A piece of the ring's memory with the recordings of some time, one behind the other; used again when these are not needed any more.</summary>
internal sealed class RingPage(int bytes, int references)
{
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(bytes);
    private readonly object?[] _references = new object?[references];
    private readonly int[] _count = new int[(int)NotKeptReason.Last + 1];
    private int _byteCount;
    private int _referenceCount;
    private int _readBytes;
    private int _readReferences;

    /// <summary>The next newer page.</summary>
    public RingPage? Next { get; set; }

    /// <summary>How many recordings were written and not read.</summary>
    public int Count { get; private set; }

    /// <summary>What the page takes, with all that its recordings hang on to.</summary>
    public long Weight { get; private set; } = WeightOf(bytes, references);

    public static long WeightOf(int bytes, int references) => bytes + (8L * references) + 128;

    /// <summary>How many of its recordings were not kept so far, for that reason.</summary>
    public int CountOf(NotKeptReason reason) => _count[(int)reason];

    public bool IsOfSize(int bytes, int references) => _bytes.Length == bytes && _references.Length == references;

    public bool HasRoomFor(int bytes, int references) => bytes <= _bytes.Length - _byteCount && references <= _references.Length - _referenceCount;

    /// <summary>Adds a closed recording that there is room for.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="weight">What it hangs on to.</param>
    public void Add(ActiveRecording recording, long weight)
    {
        var writer = new HeldWriter(_bytes.AsSpan(_byteCount), _references.AsSpan(_referenceCount));
        recording.WriteFlat(ref writer);
        _byteCount += writer.ByteCount;
        _referenceCount += writer.ReferenceCount;
        _count[(int)recording.NotKept]++;
        Count++;
        Weight += weight;
    }

    /// <summary>Has a recording become the oldest that was not read yet; false when all were.</summary>
    public bool TryRead(ActiveRecording recording)
    {
        if (Count == 0)
        {
            return false;
        }

        var reader = new HeldReader(_bytes.AsSpan(_readBytes), _references.AsSpan(_readReferences));
        recording.ReadFlat(ref reader);
        _readBytes += reader.ByteCount;
        _readReferences += reader.ReferenceCount;
        Count--;
        return true;
    }

    /// <summary>Forgets everything, for the next use.</summary>
    public void Clear()
    {
        // Unredacted bytes do not outlive their recording.
        _bytes.AsSpan(0, _byteCount).Clear();
        Array.Clear(_references, 0, _referenceCount);
        Array.Clear(_count);
        _byteCount = _referenceCount = _readBytes = _readReferences = 0;
        Count = 0;
        Next = null;
        Weight = WeightOf(_bytes.Length, _references.Length);
    }
}
