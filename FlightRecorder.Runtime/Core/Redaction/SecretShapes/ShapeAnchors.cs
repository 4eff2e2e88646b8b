using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FlightRecorder;

/// <summary>
/// One look over a text for the places where a secret's shape might begin, 64 bytes at a time: each shape has a character that is rare
/// in ordinary text, and what stands around it is compared only there.
/// </summary>
internal static class ShapeAnchors
{
    private const int Block = 64;

    private static readonly AsciiSet s_rare = new(value => value is '=' or '\\' or 'J' or '/' or 'G' or 'b' or 'B');
    private static readonly AsciiSet s_numberParts = new(value => char.IsAsciiDigit(value) || value is ' ' or '-');

    /// <summary>Whether this processor can look so.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Whether any shape may be in a text; false is certain.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        ulong fullBefore = 0;
        int at = 0;
        for (; at + Block <= text.Length; at += Block)
        {
            if (MayBeAt(text, at, ref Unsafe.Add(ref first, at), ref fullBefore))
            {
                return true;
            }
        }

        Span<byte> rest = stackalloc byte[Block];
        rest.Clear();
        text[at..].CopyTo(rest);
        return MayBeAt(text, at, ref MemoryMarshal.GetReference(rest), ref fullBefore);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MayBeAt(ReadOnlySpan<byte> text, int at, ref byte block, ref ulong fullBefore)
    {
        Vector256<byte> low = Vector256.LoadUnsafe(ref block);
        Vector256<byte> high = Vector256.LoadUnsafe(ref block, 32);
        Vector256<byte> lowBit = AsciiSet.BitOf(low);
        Vector256<byte> highBit = AsciiSet.BitOf(high);

        // A card number covers two whole groups of four characters side by side, wherever it begins.
        ulong others = s_numberParts.Outside(low, lowBit) | ((ulong)s_numberParts.Outside(high, highBit) << 32);
        others |= others >> 1;
        others |= others >> 2;
        ulong full = ~others & 0x1111111111111111;
        ulong numbers = full & ((full << 4) | (fullBefore >> 60));
        fullBefore = full;

        ulong rare = ~(s_rare.Outside(low, lowBit) | ((ulong)s_rare.Outside(high, highBit) << 32));
        return (numbers != 0 && AnyIsNumber(text, at, numbers)) || (rare != 0 && AnyIsAnchor(text, at, rare));
    }

    private static bool AnyIsNumber(ReadOnlySpan<byte> text, int block, ulong places)
    {
        for (; places != 0; places &= places - 1)
        {
            if (DigitRuns.IsLongAround(text, block + BitOperations.TrailingZeroCount(places)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyIsAnchor(ReadOnlySpan<byte> text, int block, ulong places)
    {
        for (; places != 0; places &= places - 1)
        {
            if (IsAnchor(text, block + BitOperations.TrailingZeroCount(places)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAnchor(ReadOnlySpan<byte> text, int at) => text[at] switch
    {
        (byte)'=' => true,
        (byte)'\\' => text[at..].StartsWith(@"\u00"u8),
        (byte)'J' => text[..at].EndsWith("ey"u8),
        (byte)'/' => text[..at].EndsWith(":"u8) && text[at..].StartsWith("//"u8),
        (byte)'G' => text[..at].EndsWith("-----BE"u8),
        _ => BearerShape.IsAt(text, at),
    };
}
