using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlightRecorder;

/// <summary>Copies the inside of long JSON strings, looking over each block on its way.</summary>
internal static class StringCopy
{
    /// <summary>Copies whole blocks as long as nothing in them ends the string or needs a look.</summary>
    /// <param name="json">Where the copying begins.</param>
    /// <param name="target">At least as long.</param>
    /// <param name="stops">What needs a look; not <see cref="StringStops.Separators"/>.</param>
    /// <returns>How many bytes were copied. What follows is a block that holds a stop, or less than one.</returns>
    public static int Plain(ReadOnlySpan<byte> json, Span<byte> target, StringStops stops)
        => Vector512.IsHardwareAccelerated ? Plain<StringBlock512>(json, target, stops) : Plain<StringBlock256>(json, target, stops);

    /// <summary>The same with blocks of one width.</summary>
    public static int Plain<TBlock>(ReadOnlySpan<byte> json, Span<byte> target, StringStops stops)
        where TBlock : struct, IStringBlock<TBlock>
    {
        ref byte source = ref MemoryMarshal.GetReference(json);
        ref byte copy = ref MemoryMarshal.GetReference(target[..json.Length]);
        byte beyond = stops == StringStops.BeyondAscii ? (byte)0 : (byte)0x80;
        nint at = 0;
        for (nint last = json.Length - TBlock.Size; at <= last; at += TBlock.Size)
        {
            TBlock block = TBlock.Load(ref Unsafe.Add(ref source, at));
            if (block.HasStop(beyond))
            {
                break;
            }

            block.Store(ref Unsafe.Add(ref copy, at));
        }

        return (int)at;
    }
}
