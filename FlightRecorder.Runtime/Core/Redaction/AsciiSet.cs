using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FlightRecorder;

/// <summary>A set of ASCII characters that is asked about 32 characters at once; AVX2 only.</summary>
internal readonly struct AsciiSet
{
    // One bit for each first hexadecimal digit of a character: the set has the character when the entry at the second digit has the bit.
    private static Vector256<byte> Bits
        => Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);

    // The same in both halves: a shuffle stays within its half.
    private readonly Vector256<byte> _set;

    public AsciiSet(Func<char, bool> holds)
    {
        byte[] set = new byte[16];
        for (int value = 0; value < 128; value++)
        {
            if (holds((char)value))
            {
                set[value & 0x0F] |= (byte)(1 << (value >> 4));
            }
        }

        _set = Vector256.Create(Vector128.Create(set), Vector128.Create(set));
    }

    /// <summary>What the first digits of the characters select; the same for every set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> BitOf(Vector256<byte> characters)
        => Avx2.Shuffle(Bits, (characters.AsUInt16() >>> 4).AsByte() & Vector256.Create((byte)0x0F));

    /// <summary>One bit for each character that is not in the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Outside(Vector256<byte> characters, Vector256<byte> bit)
        => Vector256.Equals(Avx2.Shuffle(_set, characters & Vector256.Create((byte)0x0F)) & bit, Vector256<byte>.Zero)
            .ExtractMostSignificantBits();
}
