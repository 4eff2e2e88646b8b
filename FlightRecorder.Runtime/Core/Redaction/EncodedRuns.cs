using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlightRecorder;

/// <summary>Finds the runs of base64 or hex characters that are long enough to hold a secret.</summary>
internal static class EncodedRuns
{
    /// <summary>Runs from this length on are looked at whatever the secrets are.</summary>
    public const int MaxMinimum = 16;

    /// <summary>Shorter runs are words; looking into each would cost more than it finds.</summary>
    public const int Shortest = 8;

    private const int Window = 64;

    // For each low nibble, the high nibbles (as bits) that make a letter, a digit or one of + / - _ with it.
    private static readonly Vector128<byte> ByLowNibble = Vector128.Create(LowNibbles());
    private static readonly Vector128<byte> HighNibbleBits = Vector128.Create(1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, (byte)0);

    public static bool IsEncodedChar(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'+' or (byte)'/' or (byte)'-' or (byte)'_';

    /// <summary>The first run of at least <paramref name="minimum"/> (8 to 16) characters from a position on; an empty range at the end when there is none.</summary>
    public static (int Start, int End) Next(ReadOnlySpan<byte> text, int from, int minimum)
    {
        int at = from;
        while (text.Length - at >= Window)
        {
            ulong runs = Erode(Mask(text[at..]), minimum);
            if (runs != 0)
            {
                int start = at + BitOperations.TrailingZeroCount(runs);
                return (start, EndOf(text, start));
            }

            // A run that begins in the last characters of this window is seen whole in the next.
            at += Window - MaxMinimum + 1;
        }

        return NextSlowly(text, at, minimum);
    }

    private static (int Start, int End) NextSlowly(ReadOnlySpan<byte> text, int at, int minimum)
    {
        while (at < text.Length)
        {
            int end = EndOf(text, at);
            if (end - at >= minimum)
            {
                return (at, end);
            }

            at = end + 1;
        }

        return (text.Length, text.Length);
    }

    private static int EndOf(ReadOnlySpan<byte> text, int start)
    {
        int end = start;
        while (end < text.Length && IsEncodedChar(text[end]))
        {
            end++;
        }

        return end;
    }

    // A bit stays where as many bits as the minimum follow it, itself included.
    private static ulong Erode(ulong mask, int minimum)
    {
        mask &= mask >> 1;
        mask &= mask >> 2;
        mask &= mask >> 4;
        return minimum > Shortest ? mask & (mask >> (minimum - Shortest)) : mask;
    }

    private static ulong Mask(ReadOnlySpan<byte> text)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        ulong mask = 0;
        for (int part = 0; part < Window; part += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref first, (nuint)part);
            Vector128<byte> low = Vector128.Shuffle(ByLowNibble, bytes & Vector128.Create((byte)0x0F));
            Vector128<byte> high = Vector128.Shuffle(HighNibbleBits, bytes >>> 4);
            uint others = Vector128.Equals(low & high, Vector128<byte>.Zero).ExtractMostSignificantBits();
            mask |= (ulong)(~others & 0xFFFF) << part;
        }

        return mask;
    }

    private static byte[] LowNibbles()
    {
        byte[] table = new byte[16];
        for (int value = 0; value < 0x80; value++)
        {
            table[value & 0x0F] |= IsEncodedChar((byte)value) ? (byte)(1 << (value >> 4)) : (byte)0;
        }

        return table;
    }
}
