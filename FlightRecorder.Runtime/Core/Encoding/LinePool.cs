using System.Numerics;
using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>
/// Memory for lines on their way to the store, last in first out so that a hot one is reused. Rented by requests and returned
/// by the writer, which is why the thread-bound shared pool does not serve. Keeps at most 8 MiB; larger lines are not kept.
/// </summary>
internal sealed class LinePool
{
    private const int MinShift = 10;
    private const int MaxShift = 17;
    private const int KeptBytesPerSize = 1024 * 1024;

    private readonly Stack<byte[]>[] _bySize = [.. Enumerable.Range(0, MaxShift - MinShift + 1).Select(_ => new Stack<byte[]>())];

    /// <summary>An array of at least so many bytes; its content is not defined.</summary>
    public byte[] Rent(int bytes)
    {
        int shift = Math.Max(MinShift, BitOperations.Log2((uint)Math.Max(1, bytes - 1)) + 1);
        if (shift > MaxShift)
        {
            return GC.AllocateUninitializedArray<byte>(bytes);
        }

        Stack<byte[]> kept = _bySize[shift - MinShift];
        lock (kept)
        {
            if (kept.TryPop(out byte[]? array))
            {
                return array;
            }
        }

        return GC.AllocateUninitializedArray<byte>(1 << shift);
    }

    public void Return(ReadOnlyMemory<byte> line)
    {
        if (!MemoryMarshal.TryGetArray(line, out ArraySegment<byte> segment) || segment.Array is not { } array
            || !BitOperations.IsPow2(array.Length) || array.Length is < (1 << MinShift) or > (1 << MaxShift))
        {
            return;
        }

        Stack<byte[]> kept = _bySize[BitOperations.Log2((uint)array.Length) - MinShift];
        lock (kept)
        {
            if ((kept.Count + 1) * array.Length <= KeptBytesPerSize)
            {
                kept.Push(array);
            }
        }
    }
}
