using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FlightRecorder;

/// <summary>Looks over a text for signs of an encoded secret, escapes and runs of base64 or hex characters, 64 bytes at a time. Most texts have hardly any.</summary>
internal static class EncodingSigns
{
    private const int Block = 64;

    // Runs are found by the whole groups of four that they cover, side by side: three or, where the run must be long enough for it, four.
    private const int ShortestFound = (3 * 4) + 3;
    private const int ShortestFoundByFour = (4 * 4) + 3;

    private static readonly AsciiSet s_runCharacters = new(value => char.IsAsciiLetterOrDigit(value) || value is '+' or '/' or '-' or '_');
    private static readonly AsciiSet s_escapes = new(value => value is '%' or '\\' or '&' or '+' or '\0');

    /// <summary>Whether <see cref="Next"/> can look for runs of this length on this processor.</summary>
    public static bool CanLookFor(int shortestRun) => Avx2.IsSupported && shortestRun >= ShortestFound;

    /// <summary>
    /// A place inside the first run of base64 or hex characters from a position on, or -1 when there is none. None of the length or longer
    /// is missed; somewhat shorter ones may be found too.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin: not inside a run.</param>
    /// <param name="shortestRun">The length, one that <see cref="CanLookFor"/> allows.</param>
    /// <param name="isEscaped">Whether an escape was seen; then the look ended there.</param>
    public static int Next(ReadOnlySpan<byte> text, int from, int shortestRun, out bool isEscaped)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        bool byFour = shortestRun >= ShortestFoundByFour;
        ulong fullBefore = 0;
        ulong found;
        int at = from;
        for (; at + Block <= text.Length; at += Block)
        {
            found = Look(ref Unsafe.Add(ref first, at), byFour, ref fullBefore, out isEscaped);
            if (found != 0 || isEscaped)
            {
                return PlaceOf(at, found);
            }
        }

        Span<byte> rest = stackalloc byte[Block];
        rest.Fill((byte)' ');
        text[at..].CopyTo(rest);
        found = Look(ref MemoryMarshal.GetReference(rest), byFour, ref fullBefore, out isEscaped);
        return PlaceOf(at, found);
    }

    private static int PlaceOf(int block, ulong found) => found == 0 ? -1 : block + BitOperations.TrailingZeroCount(found);

    // One bit for each of the 64 characters; set at the first of a full group that ends a row of enough of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Look(ref byte block, bool byFour, ref ulong fullBefore, out bool isEscaped)
    {
        Vector256<byte> low = Vector256.LoadUnsafe(ref block);
        Vector256<byte> high = Vector256.LoadUnsafe(ref block, 32);
        Vector256<byte> lowBit = AsciiSet.BitOf(low);
        Vector256<byte> highBit = AsciiSet.BitOf(high);
        isEscaped = (s_escapes.Outside(low, lowBit) & s_escapes.Outside(high, highBit)) != uint.MaxValue;

        ulong others = s_runCharacters.Outside(low, lowBit) | ((ulong)s_runCharacters.Outside(high, highBit) << 32);
        others |= others >> 1;
        others |= others >> 2;
        ulong full = ~others & 0x1111111111111111;
        ulong row = full & ((full << 4) | (fullBefore >> 60)) & ((full << 8) | (fullBefore >> 56));
        row &= byFour ? (full << 12) | (fullBefore >> 52) : row;
        fullBefore = full;
        return row;
    }
}
