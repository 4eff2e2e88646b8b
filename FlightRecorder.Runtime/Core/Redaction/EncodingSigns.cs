using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FlightRecorder;

/// <summary>One look over a text for signs of an encoded secret: escapes, and runs of base64 or hex characters. Most texts have none, and are then done with.</summary>
internal static class EncodingSigns
{
    private const int Block = 64;

    // Runs are found by whole groups of eight that they cover; a run of so many covers two neighbours wherever it begins.
    private const int ShortestFound = (2 * 8) + 7;

    // One bit for each first hexadecimal digit of a character: its set has the character when the entry at the second digit has the bit.
    private static readonly Vector128<byte> s_bits = Vector128.Create(1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);
    private static readonly Vector128<byte> s_runCharacters = SetOf(value => char.IsAsciiLetterOrDigit(value) || value is '+' or '/' or '-' or '_');
    private static readonly Vector128<byte> s_escapes = SetOf(value => value is '%' or '\\' or '&' or '+');

    /// <summary>Whether <see cref="MayHave"/> can be asked about runs of this length on this processor.</summary>
    public static bool CanLookFor(int shortestRun) => Avx2.IsSupported && shortestRun >= ShortestFound;

    /// <summary>False is certain: no escape, and no run of the length that <see cref="CanLookFor"/> allowed, or of a longer one.</summary>
    public static bool MayHave(ReadOnlySpan<byte> text)
    {
        Vector256<byte> bits = Vector256.Create(s_bits, s_bits);
        Vector256<byte> runCharacters = Vector256.Create(s_runCharacters, s_runCharacters);
        Vector256<byte> escapes = Vector256.Create(s_escapes, s_escapes);
        ref byte first = ref MemoryMarshal.GetReference(text);
        ulong fullBefore = 0;
        int at = 0;
        for (; at + Block <= text.Length; at += Block)
        {
            if (IsSign(ref Unsafe.Add(ref first, at), bits, runCharacters, escapes, ref fullBefore))
            {
                return true;
            }
        }

        Span<byte> rest = stackalloc byte[Block];
        rest.Clear();
        text[at..].CopyTo(rest);
        return IsSign(ref MemoryMarshal.GetReference(rest), bits, runCharacters, escapes, ref fullBefore);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSign(ref byte block, Vector256<byte> bits, Vector256<byte> runCharacters, Vector256<byte> escapes, ref ulong fullBefore)
    {
        Vector256<byte> low = Vector256.LoadUnsafe(ref block);
        Vector256<byte> high = Vector256.LoadUnsafe(ref block, 32);
        Vector256<byte> lowBit = BitOf(low, bits);
        Vector256<byte> highBit = BitOf(high, bits);

        // A bit for each of the 64 characters that is none of a run; then the top bit of each group of eight that has no such bit.
        ulong others = OutsideOf(low, lowBit, runCharacters) | ((ulong)OutsideOf(high, highBit, runCharacters) << 32);
        ulong full = ~(((others & 0x7F7F7F7F7F7F7F7F) + 0x7F7F7F7F7F7F7F7F) | others) & 0x8080808080808080;
        ulong neighbours = full & ((full << 8) | (fullBefore >> 56));
        fullBefore = full;
        bool isEscaped = (OutsideOf(low, lowBit, escapes) & OutsideOf(high, highBit, escapes)) != uint.MaxValue;
        return neighbours != 0 || isEscaped;
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
