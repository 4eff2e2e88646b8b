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

    /// <summary>What was captured: the first bytes, at most the limit.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public int Length { get; private set; }

    /// <summary>How many bytes passed by, captured or not.</summary>
    public long TotalBytes { get; private set; }

    public bool IsTruncated => TotalBytes > Length;

    public void Start(int limit)
    {
        _limit = limit;
        Length = 0;
        TotalBytes = 0;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        TotalBytes += bytes.Length;
        int take = Math.Min(bytes.Length, _limit - Length);
        if (take > 0)
        {
            EnsureRoom(take);
            bytes[..take].CopyTo(_bytes.AsSpan(Length));
            Length += take;
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

    /// <summary>Forgets the content; called once when the recording ends.</summary>
    public void Clear()
    {
        // Unredacted bytes do not outlive their recording.
        _bytes.AsSpan(0, Length).Clear();
        if (_bytes.Length > SmallBytes)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }

        Start(0);
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
            _bytes.AsSpan(0, Length).Clear();
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
