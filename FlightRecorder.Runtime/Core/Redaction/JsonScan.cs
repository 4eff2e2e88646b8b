using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FlightRecorder;

/// <summary>Where JSON tokens end (RFC 8259). No method looks back or allocates.</summary>
internal static class JsonScan
{
    /// <summary>The input ended inside the token.</summary>
    public const int Cut = -1;

    /// <summary>The token is none.</summary>
    public const int Bad = -2;

    /// <summary>How far <see cref="StringStopNearby"/> looks.</summary>
    public const int Far = 8 * 16;

    private static readonly SearchValues<byte> Stops = SearchValues.Create([.. Controls(), (byte)'"', (byte)'\\']);
    private static readonly SearchValues<byte> StopsAndSeparators = SearchValues.Create([.. Controls(), (byte)'"', (byte)'\\', 0xE2]);
    private static readonly SearchValues<byte> StopsAndBeyondAscii = SearchValues.Create([.. Controls(), (byte)'"', (byte)'\\', .. BeyondAscii()]);

    // A byte's last hexadecimal digit gives the only white space, and the only one of quote and backslash, that it may be; beyond ASCII it gives none.
    private static Vector128<byte> SpacesByDigit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)' ', 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, (byte)'\t', (byte)'\n', 0xFF, 0xFF, (byte)'\r', 0xFF, 0xFF);
    }

    private static Vector128<byte> MarksByDigit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(0xFF, 0xFF, (byte)'"', 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, (byte)'\\', 0xFF, 0xFF, 0xFF);
    }

    /// <summary>The first byte from a position on that ends a string or needs a look: quote, backslash, control character, and what the stops name; the length when there is none.</summary>
    public static int StringStop(ReadOnlySpan<byte> json, int at, StringStops stops)
    {
        int found = json[at..].IndexOfAny(stops switch
        {
            StringStops.BeyondAscii => StopsAndBeyondAscii,
            StringStops.Separators => StopsAndSeparators,
            _ => Stops,
        });
        return found < 0 ? json.Length : at + found;
    }

    /// <summary>The same for strings that mostly are short: beyond the first vectors it returns a place that nobody looked at yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int StringStopNearby(ReadOnlySpan<byte> json, int at, StringStops stops)
    {
        ref byte first = ref MemoryMarshal.GetReference(json);
        for (int far = at + Far; at < far; at += Vector128<byte>.Count)
        {
            if (at + Vector128<byte>.Count > json.Length)
            {
                return StringStopAtEnd(json, at, stops);
            }

            Vector128<byte> bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
            Vector128<byte> found = Marks(bytes);
            if (stops == StringStops.BeyondAscii)
            {
                // As signed bytes, those beyond ASCII come before the control characters.
                found |= Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)0x20)).AsByte();
            }
            else
            {
                found |= Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes);
                if (stops == StringStops.Separators)
                {
                    found |= Vector128.Equals(bytes, Vector128.Create((byte)0xE2));
                }
            }

            uint mask = found.ExtractMostSignificantBits();
            if (mask != 0)
            {
                return at + System.Numerics.BitOperations.TrailingZeroCount(mask);
            }
        }

        return at;
    }

    /// <summary>Where quotes and backslashes are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Marks(Vector128<byte> bytes)
        => Ssse3.IsSupported
            ? Vector128.Equals(bytes, Ssse3.Shuffle(MarksByDigit, bytes))
            : Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));

    /// <inheritdoc cref="Marks(Vector128{byte})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Marks(Vector256<byte> bytes)
        => Avx2.IsSupported
            ? Vector256.Equals(bytes, Avx2.Shuffle(Vector256.Create(MarksByDigit, MarksByDigit), bytes))
            : Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'));

    /// <summary>The end of white space, which may be empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SpaceEnd(ReadOnlySpan<byte> json, int at)
    {
        ref byte first = ref MemoryMarshal.GetReference(json);
        while (at + Vector128<byte>.Count <= json.Length)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
            uint others = ~Spaces(bytes).ExtractMostSignificantBits() & 0xFFFF;
            if (others != 0)
            {
                return at + System.Numerics.BitOperations.TrailingZeroCount(others);
            }

            at += Vector128<byte>.Count;
        }

        while (at < json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>The end of a number: <c>-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?</c>. One that touches the end of the input may be cut.</summary>
    public static int NumberEnd(ReadOnlySpan<byte> json, int at)
    {
        if (json[at] == '-')
        {
            at++;
        }

        int start = at;
        at = Digits(json, at);
        if (at == start)
        {
            return at == json.Length ? Cut : Bad;
        }

        if (json[start] == '0' && at > start + 1)
        {
            return Bad;
        }

        return at == json.Length || (json[at] != '.' && (json[at] | 0x20) != 'e') ? at : FractionEnd(json, at);
    }

    /// <summary>The end of <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public static int LiteralEnd(ReadOnlySpan<byte> json, int at)
    {
        ReadOnlySpan<byte> literal = json[at] switch
        {
            (byte)'t' => "true"u8,
            (byte)'f' => "false"u8,
            (byte)'n' => "null"u8,
            _ => default,
        };
        ReadOnlySpan<byte> rest = json[at..];
        if (literal.IsEmpty)
        {
            return Bad;
        }

        return rest.StartsWith(literal) ? at + literal.Length : literal.StartsWith(rest) ? Cut : Bad;
    }

    /// <summary>The end of an escape that begins at a position.</summary>
    public static int EscapeEnd(ReadOnlySpan<byte> json, int at)
    {
        if (at + 1 >= json.Length)
        {
            return Cut;
        }

        switch (json[at + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return at + 2;
            case (byte)'u':
                return HexEnd(json, at + 2);
            default:
                return Bad;
        }
    }

    /// <summary>The code unit of a complete <c>\uXXXX</c> at a position, or -1 where there is none.</summary>
    public static int CodeUnit(ReadOnlySpan<byte> json, int at)
        => at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
            && ushort.TryParse(json.Slice(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out ushort unit)
            ? unit
            : -1;

    private static byte[] Controls()
    {
        byte[] controls = new byte[0x20];
        for (int i = 0; i < controls.Length; i++)
        {
            controls[i] = (byte)i;
        }

        return controls;
    }

    private static byte[] BeyondAscii()
    {
        byte[] bytes = new byte[0x80];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(0x80 + i);
        }

        return bytes;
    }

    private static int HexEnd(ReadOnlySpan<byte> json, int at)
    {
        for (int i = at; i < at + 4; i++)
        {
            if (i == json.Length)
            {
                return Cut;
            }

            if (!char.IsAsciiHexDigit((char)json[i]))
            {
                return Bad;
            }
        }

        return at + 4;
    }

    private static int FractionEnd(ReadOnlySpan<byte> json, int at)
    {
        if (json[at] == '.')
        {
            int start = at + 1;
            at = Digits(json, start);
            if (at == start)
            {
                return at == json.Length ? Cut : Bad;
            }
        }

        return at < json.Length && (json[at] | 0x20) == 'e' ? ExponentEnd(json, at + 1) : at;
    }

    private static int ExponentEnd(ReadOnlySpan<byte> json, int at)
    {
        if (at < json.Length && json[at] is (byte)'+' or (byte)'-')
        {
            at++;
        }

        int end = Digits(json, at);
        return end > at ? end : end == json.Length ? Cut : Bad;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Digits(ReadOnlySpan<byte> json, int at)
    {
        while ((uint)at < (uint)json.Length && (uint)(json[at] - '0') <= 9)
        {
            at++;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Spaces(Vector128<byte> bytes)
        => Ssse3.IsSupported
            ? Vector128.Equals(bytes, Ssse3.Shuffle(SpacesByDigit, bytes))
            : Vector128.Equals(bytes, Vector128.Create((byte)' '))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\n'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\r'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\t'));

    private static int StringStopAtEnd(ReadOnlySpan<byte> json, int at, StringStops stops)
        => at < json.Length ? StringStop(json, at, stops) : json.Length;
}
