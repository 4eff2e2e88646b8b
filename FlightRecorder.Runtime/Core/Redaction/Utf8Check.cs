using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.Unicode;

namespace FlightRecorder;

/// <summary>
/// Whether bytes are UTF-8, and whether they hold line separators, in one look. Two bytes side by side tell each fault but for
/// missing third and fourth bytes (Keiser and Lemire, Validating UTF-8 In Less Than One Instruction Per Byte).
/// </summary>
internal static class Utf8Check
{
    private const int Block = 32;

    // A character has up to four bytes: what stands before a block is looked at with it.
    private const int Before = 3;

    // What is wrong when two bytes follow each other, by the digits of the first and the first digit of the second: three looks, and a fault is what all of them name.
    private const byte TooShort = 1 << 0;
    private const byte TooLong = 1 << 1;
    private const byte Overlong3 = 1 << 2;
    private const byte TooLarge = 1 << 3;
    private const byte Surrogate = 1 << 4;
    private const byte Overlong2 = 1 << 5;
    private const byte TooLarge1000 = 1 << 6;
    private const byte Overlong4 = 1 << 6;
    private const byte TwoContinuations = 1 << 7;
    private const byte Carry = TooShort | TooLong | TwoContinuations;

    private static Vector128<byte> FirstHigh => Vector128.Create(
        TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong,
        TwoContinuations, TwoContinuations, TwoContinuations, TwoContinuations,
        TooShort | Overlong2, TooShort, TooShort | Overlong3 | Surrogate, TooShort | TooLarge | TooLarge1000 | Overlong4);

    private static Vector128<byte> FirstLow => Vector128.Create(
        Carry | Overlong3 | Overlong2 | Overlong4, Carry | Overlong2, Carry, Carry,
        Carry | TooLarge, Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000 | Surrogate, Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000);

    private static Vector128<byte> SecondHigh => Vector128.Create(
        TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort,
        TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge1000 | Overlong4,
        TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge,
        TooLong | Overlong2 | TwoContinuations | Surrogate | TooLarge,
        TooLong | Overlong2 | TwoContinuations | Surrogate | TooLarge,
        TooShort, TooShort, TooShort, TooShort);

    /// <summary>Whether bytes are UTF-8.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="from">Where the first byte beyond ASCII stands.</param>
    /// <param name="hasSeparators">Whether U+2028 or U+2029 is there; only said of UTF-8.</param>
    public static bool IsValid(ReadOnlySpan<byte> text, int from, out bool hasSeparators)
    {
        int at = from;
        hasSeparators = false;
        if (!Avx2.IsSupported || text.Length - from < Before + Block)
        {
            ReadOnlySpan<byte> rest = text[from..];
            hasSeparators = rest.IndexOf((ReadOnlySpan<byte>)[0xE2, 0x80]) >= 0 && (rest.IndexOf("\u2028"u8) >= 0 || rest.IndexOf("\u2029"u8) >= 0);
            return Utf8.IsValid(rest);
        }

        while (at < Before)
        {
            if (Rune.DecodeFromUtf8(text[at..], out Rune rune, out int length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            hasSeparators |= rune.Value is '\u2028' or '\u2029';
            at += length;
        }

        return IsValidBehind(text, at, ref hasSeparators);
    }

    // Reaches back by three bytes, which are whole characters.
    private static bool IsValidBehind(ReadOnlySpan<byte> text, int at, ref bool hasSeparators)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        Vector256<byte> faults = Vector256<byte>.Zero;
        Vector256<byte> separators = Vector256<byte>.Zero;
        int last = text.Length - Block;
        for (; at < last; at += Block)
        {
            Look(ref Unsafe.Add(ref first, at), ref faults, ref separators);
        }

        // The last block reaches back over what was looked at.
        Look(ref Unsafe.Add(ref first, last), ref faults, ref separators);
        hasSeparators |= separators != Vector256<byte>.Zero;
        return faults == Vector256<byte>.Zero && Utf8Cut.LengthWithoutCutRune(text) == text.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Look(ref byte block, ref Vector256<byte> faults, ref Vector256<byte> separators)
    {
        Vector256<byte> bytes = Vector256.LoadUnsafe(ref block);
        Vector256<byte> third = Vector256.LoadUnsafe(ref Unsafe.Subtract(ref block, 3));
        if (((bytes | third) & Vector256.Create((byte)0x80)) == Vector256<byte>.Zero)
        {
            return;
        }

        Vector256<byte> previous = Vector256.LoadUnsafe(ref Unsafe.Subtract(ref block, 1));
        Vector256<byte> second = Vector256.LoadUnsafe(ref Unsafe.Subtract(ref block, 2));
        Vector256<byte> named = Avx2.Shuffle(Twice(FirstHigh), HighDigits(previous))
            & Avx2.Shuffle(Twice(FirstLow), previous & Vector256.Create((byte)0x0F))
            & Avx2.Shuffle(Twice(SecondHigh), HighDigits(bytes));

        // Two continuations are no fault where the character has three or four bytes, and one where it has not: the highest bit of each must agree.
        Vector256<byte> mustContinue = Avx2.SubtractSaturate(second, Vector256.Create((byte)(0xE0 - 0x80))) | Avx2.SubtractSaturate(third, Vector256.Create((byte)(0xF0 - 0x80)));
        faults |= (mustContinue & Vector256.Create((byte)0x80)) ^ named;

        // E2 80 A8 and E2 80 A9
        separators |= Vector256.Equals(second, Vector256.Create((byte)0xE2))
            & Vector256.Equals(previous, Vector256.Create((byte)0x80))
            & Vector256.Equals(bytes & Vector256.Create((byte)0xFE), Vector256.Create((byte)0xA8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Twice(Vector128<byte> table) => Vector256.Create(table, table);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> HighDigits(Vector256<byte> bytes) => (bytes.AsUInt16() >>> 4).AsByte() & Vector256.Create((byte)0x0F);
}
