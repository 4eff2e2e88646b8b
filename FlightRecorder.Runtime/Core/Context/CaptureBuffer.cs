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

    // Odd while the bytes change hands; another number afterwards.
    private int _turn;

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
        BeginTurn();
        Restart(limit);
        EndTurn();
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
        int turn = Volatile.Read(ref _turn);
        int length = Volatile.Read(ref _length);
        byte[] bytes = Volatile.Read(ref _bytes);
        length = Math.Min(length, bytes.Length);
        copy.Start(length);
        copy.Append(bytes.AsSpan(0, length));
        Interlocked.MemoryBarrier();
        if ((turn & 1) == 0 && Volatile.Read(ref _turn) == turn)
        {
            copy.TotalBytes = Math.Max(TotalBytes, length);
            return true;
        }

        // They went back to the shared pool, or came from there: these may be another's. The same array may have come back.
        copy.Clear();
        return false;
    }

    /// <summary>Becomes what was captured before.</summary>
    public void Restore(ReadOnlySpan<byte> bytes, long totalBytes)
    {
        Start(bytes.Length);
        Append(bytes);
        TotalBytes = totalBytes;
    }

    /// <summary>Forgets the content; called once when the recording ends.</summary>
    public void Clear()
    {
        byte[] bytes = _bytes;
        int length = _length;
        BeginTurn();
        Restart(0);
        if (bytes.Length > SmallBytes)
        {
            Replace(bytes, length, []);
        }
        else
        {
            // Unredacted bytes do not outlive their recording.
            bytes.AsSpan(0, length).Clear();
        }

        EndTurn();
    }

    private void Restart(int limit)
    {
        _limit = limit;
        Volatile.Write(ref _length, 0);
        TotalBytes = 0;
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
            BeginTurn();
            Replace(_bytes, _length, larger);
            EndTurn();
        }
        else
        {
            Volatile.Write(ref _bytes, larger);
        }
    }

    // What is written in a turn is written by release, so that nobody sees it before the odd number.
    private void BeginTurn() => Volatile.Write(ref _turn, _turn | 1);

    private void EndTurn() => Volatile.Write(ref _turn, (_turn | 1) + 1);

    // Whoever copies from the old array sees the turn before anybody else writes into it.
    private void Replace(byte[] shared, int length, byte[] next)
    {
        Volatile.Write(ref _bytes, next);
        Interlocked.MemoryBarrier();
        shared.AsSpan(0, length).Clear();
        ArrayPool<byte>.Shared.Return(shared);
    }
}
