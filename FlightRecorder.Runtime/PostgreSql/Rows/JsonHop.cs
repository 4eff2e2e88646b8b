using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// Hops over the values of JSON that a journal wrote, many times as fast as reading them. What is not valid after all
/// gives an exception or a wrong end inside the bytes, never a step outside.
/// </summary>
internal static class JsonHop
{
    private const int Block = 64;

    private static readonly SearchValues<byte> s_ends = SearchValues.Create(",}] \t\r\n"u8);

    /// <summary>Where the value that begins there ends.</summary>
    /// <exception cref="JsonException">It has no end, or is nested deeper than any recording.</exception>
    public static int End(ReadOnlySpan<byte> json, int start) => At(json, start) switch
    {
        (byte)'"' => EndOfText(json, start + 1),
        (byte)'{' or (byte)'[' => EndOfNested(json, start + 1),
        _ => EndOfScalar(json, start),
    };

    /// <summary>The first byte from there on that is no white space.</summary>
    public static int Content(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }

    /// <summary>The byte there.</summary>
    /// <exception cref="JsonException">The bytes end before.</exception>
    public static byte At(ReadOnlySpan<byte> json, int at) => at < json.Length ? json[at] : throw new JsonException("It ends too early.");

    private static int EndOfScalar(ReadOnlySpan<byte> json, int start) => json[start..].IndexOfAny(s_ends) switch
    {
        0 => throw new JsonException("A value is missing."),
        < 0 => json.Length,
        int length => start + length,
    };

    private static int EndOfText(ReadOnlySpan<byte> json, int at)
    {
        while (true)
        {
            int special = at < json.Length ? json[at..].IndexOfAny((byte)'"', (byte)'\\') : -1;
            if (special < 0)
            {
                throw new JsonException("A text does not end.");
            }

            at += special;
            if (json[at] == (byte)'"')
            {
                return at + 1;
            }

            at += 2;
        }
    }

    // 64 bytes at a time as long as none of them is escaped; a block that may hold the end, and what is escaped, byte by byte.
    private static int EndOfNested(ReadOnlySpan<byte> json, int at)
    {
        var place = new Place { Depth = 1 };
        while (Vector256.IsHardwareAccelerated && at <= json.Length - Block)
        {
            if (!TryPass(json, ref at, ref place))
            {
                Step(json, ref at, at + Block, ref place);
            }

            switch (place.Depth)
            {
                case 0:
                    return at;
                case > SummaryParser.MaxDepth:
                    throw new JsonException("It is nested too deep.");
            }
        }

        Step(json, ref at, json.Length, ref place);
        return place.Depth == 0 ? at : throw new JsonException("An object or an array does not end.");
    }

    // False when something is escaped in the block, else at is behind it, or behind the end.
    private static bool TryPass(ReadOnlySpan<byte> json, ref int at, ref Place place)
    {
        Vector512<byte> block = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at);
        if (Vector512.EqualsAny(block, Vector512.Create((byte)'\\')))
        {
            return false;
        }

        // A bit for each byte of a text with its opening quote. [ and ] differ from { and } in one bit.
        ulong text = Between(Is(block, (byte)'"')) ^ (place.IsInText ? ulong.MaxValue : 0);
        Vector512<byte> folded = block | Vector512.Create((byte)0x20);
        ulong opening = Is(folded, (byte)'{') & ~text, closing = Is(folded, (byte)'}') & ~text;
        int closed = BitOperations.PopCount(closing);
        if (closed >= place.Depth && EndIn(opening, closing, place.Depth) is var end and > 0)
        {
            place.Depth = 0;
            at += end;
            return true;
        }

        place.Depth += BitOperations.PopCount(opening) - closed;
        place.IsInText = text >> (Block - 1) != 0;
        at += Block;
        return true;
    }

    // Behind the bracket that closes the outermost; 0 when it is in a later block.
    private static int EndIn(ulong opening, ulong closing, int depth)
    {
        for (ulong left = opening | closing; left != 0; left &= left - 1)
        {
            depth += (opening & left & (0 - left)) != 0 ? 1 : -1;
            if (depth == 0)
            {
                return BitOperations.TrailingZeroCount(left) + 1;
            }
        }

        return 0;
    }

    private static ulong Is(Vector512<byte> block, byte value) => Vector512.Equals(block, Vector512.Create(value)).ExtractMostSignificantBits();

    // Each bit is whether an odd number of quotes stands up to there.
    private static ulong Between(ulong quotes)
    {
        for (int shift = 1; shift < Block; shift *= 2)
        {
            quotes ^= quotes << shift;
        }

        return quotes;
    }

    // Byte by byte, no further than behind the end.
    private static void Step(ReadOnlySpan<byte> json, ref int at, int end, ref Place place)
    {
        while (at < end)
        {
            byte value = json[at++];
            if (value == (byte)'"')
            {
                place.IsInText = !place.IsInText;
            }
            else if (place.IsInText)
            {
                at += value == (byte)'\\' ? 1 : 0;
            }
            else if ((value | 0x20) == '{')
            {
                place.Depth++;
            }
            else if ((value | 0x20) == '}' && --place.Depth == 0)
            {
                return;
            }
        }
    }

    private struct Place
    {
        public int Depth;
        public bool IsInText;
    }
}
