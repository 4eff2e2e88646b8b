using System.Buffers;
using System.Text.Json;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// Hops over the values of JSON that was read as valid before, several times as fast as reading them. What is not valid after all
/// gives an exception or a wrong end inside the bytes, never a step outside.
/// </summary>
internal static class JsonHop
{
    private static readonly SearchValues<byte> s_structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> s_ends = SearchValues.Create(",}] \t\r\n"u8);

    /// <summary>Where the value that begins there ends.</summary>
    /// <exception cref="JsonException">It has no end.</exception>
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

    private static int EndOfNested(ReadOnlySpan<byte> json, int at)
    {
        for (int depth = 1; ;)
        {
            int next = at < json.Length ? json[at..].IndexOfAny(s_structure) : -1;
            if (next < 0)
            {
                throw new JsonException("An object or an array does not end.");
            }

            at += next + 1;
            switch (json[at - 1])
            {
                case (byte)'"':
                    at = EndOfText(json, at);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case var _ when --depth == 0:
                    return at;
            }
        }
    }
}
