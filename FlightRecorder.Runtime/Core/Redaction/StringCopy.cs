using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FlightRecorder;

/// <summary>Copies the inside of long JSON strings, looking over each block on its way.</summary>
internal static class StringCopy
{
    private const int Block = 64;

    /// <summary>Copies what is before the first byte that ends the string or needs a look.</summary>
    /// <param name="json">Where the copying begins.</param>
    /// <param name="target">At least as long. What is behind the copy may be overwritten, up to the length of the input.</param>
    /// <param name="stops">What needs a look; not <see cref="StringStops.Separators"/>.</param>
    /// <returns>How many bytes were copied: all up to a stop or the end; none when there are fewer than 64.</returns>
    public static int Plain(ReadOnlySpan<byte> json, Span<byte> target, StringStops stops)
        => StringBlock512.IsSupported ? Plain<StringBlock512>(json, target, stops) : Plain<StringBlock256>(json, target, stops);

    /// <summary>The same with blocks of one kind.</summary>
    public static int Plain<TBlock>(ReadOnlySpan<byte> json, Span<byte> target, StringStops stops)
        where TBlock : struct, IStringBlock<TBlock>
    {
        ref byte source = ref MemoryMarshal.GetReference(json);
        ref byte copy = ref MemoryMarshal.GetReference(target[..json.Length]);
        byte beyond = stops == StringStops.BeyondAscii ? (byte)0x80 : (byte)0;
        nint last = json.Length - Block;
        if (last < 0)
        {
            return 0;
        }

        TBlock block = TBlock.Load(ref source, beyond);
        block.Store(ref copy);
        ulong found = block.Stops();
        if (found != 0)
        {
            return BitOperations.TrailingZeroCount(found);
        }

        // A store that lies across two cache lines costs twice.
        nint at = ToLine(ref copy);
        at = PlainPairs<TBlock>(ref source, ref copy, at, last, beyond);
        for (; at < last; at += Block)
        {
            block = TBlock.Load(ref Unsafe.Add(ref source, at), beyond);
            block.Store(ref Unsafe.Add(ref copy, at));
            found = block.Stops();
            if (found != 0)
            {
                return (int)at + BitOperations.TrailingZeroCount(found);
            }
        }

        // The last one reaches back over what holds no stop.
        block = TBlock.Load(ref Unsafe.Add(ref source, last), beyond);
        block.Store(ref Unsafe.Add(ref copy, last));
        return (int)last + BitOperations.TrailingZeroCount(block.Stops());
    }

    // Two blocks at a time as long as none has a stop. Returns where it stopped.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint PlainPairs<TBlock>(ref byte source, ref byte copy, nint at, nint last, byte beyond)
        where TBlock : struct, IStringBlock<TBlock>
    {
        for (; at <= last - Block; at += 2 * Block)
        {
            TBlock first = TBlock.Load(ref Unsafe.Add(ref source, at), beyond);
            TBlock second = TBlock.Load(ref Unsafe.Add(ref source, at + Block), beyond);
            if (TBlock.AnyStops(first, second))
            {
                break;
            }

            first.Store(ref Unsafe.Add(ref copy, at));
            second.Store(ref Unsafe.Add(ref copy, at + Block));
        }

        return at;
    }

    // How far the next cache line is away. The collector may move the array meanwhile: that costs time, no more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint ToLine(ref byte target) => Block - (Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref target) & (Block - 1));
}
