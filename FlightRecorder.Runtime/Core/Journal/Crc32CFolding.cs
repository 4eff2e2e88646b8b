#if NET10_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FlightRecorder;

/// <summary>
/// CRC-32C by carry-less multiplication, 256 bytes at a time: far ahead of one byte string, a multiple of it by a power of x leaves the same
/// remainder, so four vectors are moved over the text side by side (Gopal et al., Fast CRC Computation Using PCLMULQDQ, Intel 2009).
/// </summary>
internal static class Crc32CFolding
{
    /// <summary>Below this it does not pay.</summary>
    public const int MinBytes = 4 * Lane;

    private const int Lane = 64;

    // The polynomial, without its highest term.
    private const uint Castagnoli = 0x1EDC6F41;

    private static readonly Vector512<ulong> s_overFourLanes = Vector512.Create(Constants(4 * 512));
    private static readonly Vector512<ulong> s_overOneLane = Vector512.Create(Constants(512));
    private static readonly Vector128<ulong> s_overBlock = Constants(128);

    /// <summary>Whether this processor can.</summary>
    public static bool IsSupported => Pclmulqdq.V512.IsSupported && Avx512F.IsSupported && Sse42.X64.IsSupported;

    /// <summary>Continues a checksum over the first bytes of a text; the last fewer than 64 are left.</summary>
    /// <param name="crc">The checksum so far, inverted.</param>
    /// <param name="bytes">The text, at least <see cref="MinBytes"/> long; afterwards what is left of it.</param>
    public static uint Append(uint crc, ref ReadOnlySpan<byte> bytes)
    {
        ref byte at = ref MemoryMarshal.GetReference(bytes);
        Vector512<ulong> a = Load(ref at, 0) ^ Vector512.CreateScalar((ulong)crc);
        Vector512<ulong> b = Load(ref at, 1);
        Vector512<ulong> c = Load(ref at, 2);
        Vector512<ulong> d = Load(ref at, 3);
        int left = bytes.Length - MinBytes;
        at = ref Unsafe.Add(ref at, MinBytes);
        for (; left >= MinBytes; left -= MinBytes)
        {
            a = Fold(a, s_overFourLanes) ^ Load(ref at, 0);
            b = Fold(b, s_overFourLanes) ^ Load(ref at, 1);
            c = Fold(c, s_overFourLanes) ^ Load(ref at, 2);
            d = Fold(d, s_overFourLanes) ^ Load(ref at, 3);
            at = ref Unsafe.Add(ref at, MinBytes);
        }

        a = Fold(Fold(Fold(a, s_overOneLane) ^ b, s_overOneLane) ^ c, s_overOneLane) ^ d;
        for (; left >= Lane; left -= Lane)
        {
            a = Fold(a, s_overOneLane) ^ Load(ref at, 0);
            at = ref Unsafe.Add(ref at, Lane);
        }

        bytes = bytes[^left..];
        return Reduce(a);
    }

    private static uint Reduce(Vector512<ulong> lane)
    {
        Vector256<ulong> low = lane.GetLower(), high = lane.GetUpper();
        Vector128<ulong> block = low.GetLower();
        block = Fold(block, s_overBlock) ^ low.GetUpper();
        block = Fold(block, s_overBlock) ^ high.GetLower();
        block = Fold(block, s_overBlock) ^ high.GetUpper();
        return BitOperations.Crc32C(BitOperations.Crc32C(0, block.GetElement(0)), block.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Load(ref byte at, int lane) => Vector512.LoadUnsafe(ref at, (nuint)(lane * Lane)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Fold(Vector512<ulong> value, Vector512<ulong> over)
        => Pclmulqdq.V512.CarrylessMultiply(value, over, 0x00) ^ Pclmulqdq.V512.CarrylessMultiply(value, over, 0x11);

    private static Vector128<ulong> Fold(Vector128<ulong> value, Vector128<ulong> over)
        => Pclmulqdq.CarrylessMultiply(value, over, 0x00) ^ Pclmulqdq.CarrylessMultiply(value, over, 0x11);

    // What the two halves of 128 bits are multiplied by to move them over so many bits.
    private static Vector128<ulong> Constants(int bits) => Vector128.Create(Constant(bits + 32), Constant(bits - 32));

    // x to the power modulo the polynomial, with its bits reversed as the checksum's are, which puts products off by one.
    private static ulong Constant(int power)
    {
        uint remainder = 1;
        for (int i = 0; i < power; i++)
        {
            remainder = (remainder << 1) ^ ((remainder >> 31) * Castagnoli);
        }

        ulong reversed = 0;
        for (int i = 0; i < 32; i++)
        {
            reversed |= (ulong)((remainder >> i) & 1) << (31 - i);
        }

        return reversed << 1;
    }
}
#endif
