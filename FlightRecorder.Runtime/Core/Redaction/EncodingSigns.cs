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

    // One bit for each first hexadecimal digit of a character: its set has the character when the entry at the second digit has the bit.
    private static readonly Vector128<byte> s_bits = Vector128.Create(1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);
    private static readonly Vector128<byte> s_runCharacters = SetOf(value => char.IsAsciiLetterOrDigit(value) || value is '+' or '/' or '-' or '_');
    private static readonly Vector128<byte> s_escapes = SetOf(value => value is '%' or '\\' or '&' or '+' or '\0');

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
        Vector256<byte> bits = Vector256.Create(s_bits, s_bits);
        Vector256<byte> runCharacters = Vector256.Create(s_runCharacters, s_runCharacters);
        Vector256<byte> escapes = Vector256.Create(s_escapes, s_escapes);
        ref byte first = ref MemoryMarshal.GetReference(text);
        bool byFour = shortestRun >= ShortestFoundByFour;
        ulong fullBefore = 0;
        ulong found;
        int at = from;
        for (; at + Block <= text.Length; at += Block)
        {
            found = Look(ref Unsafe.Add(ref first, at), bits, runCharacters, escapes, byFour, ref fullBefore, out isEscaped);
            if (found != 0 || isEscaped)
            {
                return PlaceOf(at, found);
            }
        }

        Span<byte> rest = stackalloc byte[Block];
        rest.Fill((byte)' ');
        text[at..].CopyTo(rest);
        found = Look(ref MemoryMarshal.GetReference(rest), bits, runCharacters, escapes, byFour, ref fullBefore, out isEscaped);
        return PlaceOf(at, found);
    }

    private static int PlaceOf(int block, ulong found) => found == 0 ? -1 : block + BitOperations.TrailingZeroCount(found);

    // One bit for each of the 64 characters; set at the first of a full group that ends a row of enough of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Look(
        ref byte block, Vector256<byte> bits, Vector256<byte> runCharacters, Vector256<byte> escapes, bool byFour, ref ulong fullBefore, out bool isEscaped)
    {
        Vector256<byte> low = Vector256.LoadUnsafe(ref block);
        Vector256<byte> high = Vector256.LoadUnsafe(ref block, 32);
        Vector256<byte> lowBit = BitOf(low, bits);
        Vector256<byte> highBit = BitOf(high, bits);
        isEscaped = (OutsideOf(low, lowBit, escapes) & OutsideOf(high, highBit, escapes)) != uint.MaxValue;

        ulong others = OutsideOf(low, lowBit, runCharacters) | ((ulong)OutsideOf(high, highBit, runCharacters) << 32);
        others |= others >> 1;
        others |= others >> 2;
        ulong full = ~others & 0x1111111111111111;
        ulong row = full & ((full << 4) | (fullBefore >> 60)) & ((full << 8) | (fullBefore >> 56));
        row &= byFour ? (full << 12) | (fullBefore >> 52) : row;
        fullBefore = full;
        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> BitOf(Vector256<byte> characters, Vector256<byte> bits)
        => Avx2.Shuffle(bits, (characters.AsUInt16() >>> 4).AsByte() & Vector256.Create((byte)0x0F));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint OutsideOf(Vector256<byte> characters, Vector256<byte> bit, Vector256<byte> set)
        => Vector256.Equals(Avx2.Shuffle(set, characters & Vector256.Create((byte)0x0F)) & bit, Vector256<byte>.Zero).ExtractMostSignificantBits();

    private static Vector128<byte> SetOf(Func<char, bool> holds)
    {
        byte[] set = new byte[16];
        for (int value = 0; value < 128; value++)
        {
            if (holds((char)value))
            {
                set[value & 0x0F] |= (byte)(1 << (value >> 4));
            }
        }

        return Vector128.Create(set);
    }
}
