using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlightRecorder;

/// <summary>Finds the runs of digits, spaces and hyphens that are long enough to hold a card number.</summary>
internal static class DigitRuns
{
    /// <summary>The shortest card number has so many digits.</summary>
    public const int Shortest = 13;

    // Of so many digits, at least so many stand in one block of 32 bytes: no number is longer than two blocks.
    private const int ShortestHalf = 7;

    /// <summary>Whether there may be a run; false is certain. Looks at 32 bytes at once.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        int at = 0;
        for (; at + Vector256<byte>.Count <= text.Length; at += Vector256<byte>.Count)
        {
            Vector256<byte> digits = Vector256.LoadUnsafe(ref first, (nuint)at) - Vector256.Create((byte)'0');
            uint mask = Vector256.LessThan(digits, Vector256.Create((byte)10)).ExtractMostSignificantBits();
            if (BitOperations.PopCount(mask) >= ShortestHalf && IsNear(text, at))
            {
                return true;
            }
        }

        return text.Length - at >= ShortestHalf && IsNear(text, at);
    }

    private static bool IsNear(ReadOnlySpan<byte> text, int block)
    {
        ReadOnlySpan<byte> near = text[Math.Max(0, block - Vector256<byte>.Count)..Math.Min(text.Length, block + (2 * Vector256<byte>.Count))];
        return Next(near, 0).Start < near.Length;
    }

    /// <summary>The first run from a position on, which no other run touches; an empty range at the end when there is none.</summary>
    public static (int Start, int End) Next<T>(ReadOnlySpan<T> text, int from)
        where T : unmanaged, IBinaryInteger<T>
    {
        // As with encoded runs: a run that is long enough reaches the character that lies the minimum behind its border.
        int border = from - 1;
        while (border + Shortest < text.Length)
        {
            int at = border + Shortest;
            while (at > border && IsPart(text[at]))
            {
                at--;
            }

            if (at == border)
            {
                return (border + 1, EndOf(text, border + Shortest));
            }

            border = at;
        }

        return (text.Length, text.Length);
    }

    private static int EndOf<T>(ReadOnlySpan<T> text, int at)
        where T : unmanaged, IBinaryInteger<T>
    {
        while (at < text.Length && IsPart(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsPart<T>(T value)
        where T : unmanaged, IBinaryInteger<T>
    {
        uint code = uint.CreateTruncating(value);
        return code - '0' <= 9 || code is ' ' or '-';
    }
}
