using System.Buffers;

namespace FlightRecorder;

/// <summary>
/// The captured bytes of one body, up to a limit. It stays with its pooled recording, so that small bodies find a hot buffer;
/// a large one goes back to the shared pool. Appended to by one writer at a time, as bodies are.
/// </summary>
internal sealed class CaptureBuffer
{
    private const int SmallBytes = 8 * 1024;

    private byte[] _bytes = [];
    private int _limit;
    private int _length;

    /// <summary>What was captured: the first bytes, at most the limit.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public int Length => _length;

    /// <summary>The memory that is held for them.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>How many bytes passed by, captured or not.</summary>
    public long TotalBytes { get; private set; }

    public bool IsTruncated => TotalBytes > Length;

    public void Start(int limit)
    {
        _limit = limit;
        _length = 0;
        TotalBytes = 0;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        TotalBytes += bytes.Length;
        int take = Math.Min(bytes.Length, _limit - Length);
        if (take > 0)
        {
            EnsureRoom(take);
            bytes[..take].CopyTo(_bytes.AsSpan(_length));

            // The bytes first: a crash may have another thread read them.
            Volatile.Write(ref _length, _length + take);
        }
    }

    public void Append(in ReadOnlySequence<byte> bytes)
    {
        foreach (ReadOnlyMemory<byte> segment in bytes)
        {
            Append(segment.Span);
        }
    }

    /// <summary>Counts bytes that passed by unseen, such as a sent file's.</summary>
    public void Skip(long bytes) => TotalBytes += bytes;

    /// <summary>Copies what is there while its owner may go on writing; false when the bytes moved meanwhile, and nothing was copied.</summary>
    public bool TryCopyTo(CaptureBuffer copy)
    {
        int length = Volatile.Read(ref _length);
        byte[] bytes = Volatile.Read(ref _bytes);
        length = Math.Min(length, bytes.Length);
        copy.Start(length);
        copy.Append(bytes.AsSpan(0, length));
        Interlocked.MemoryBarrier();
        if (ReferenceEquals(Volatile.Read(ref _bytes), bytes))
        {
            copy.TotalBytes = Math.Max(TotalBytes, length);
            return true;
        }

        // They went back to the shared pool: these may have been another's already.
        copy.Clear();
        return false;
    }

    /// <summary>Forgets the content; called once when the recording ends.</summary>
    public void Clear()
    {
        byte[] bytes = _bytes;
        int length = _length;
        Start(0);
        if (bytes.Length > SmallBytes)
        {
            Replace(bytes, length, []);
        }
        else
        {
            // Unredacted bytes do not outlive their recording.
            bytes.AsSpan(0, length).Clear();
        }
    }

    private void EnsureRoom(int more)
    {
        int needed = Length + more;
        if (needed <= _bytes.Length)
        {
            return;
        }

        byte[] larger = needed <= SmallBytes
            ? new byte[Math.Max(2048, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)needed))]
            : ArrayPool<byte>.Shared.Rent(Math.Min(_limit, Math.Max(needed, _bytes.Length * 2)));
        Bytes.CopyTo(larger);
        if (_bytes.Length > SmallBytes)
        {
            Replace(_bytes, _length, larger);
        }
        else
        {
            _bytes = larger;
        }
    }

    // Whoever copies from the old array sees that it is another one by now before anybody else writes into it.
    private void Replace(byte[] shared, int length, byte[] next)
    {
        _bytes = next;
        Interlocked.MemoryBarrier();
        shared.AsSpan(0, length).Clear();
        ArrayPool<byte>.Shared.Return(shared);
    }
}
