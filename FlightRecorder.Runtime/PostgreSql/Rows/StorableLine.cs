using System.Globalization;
using System.Runtime.InteropServices;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// A line as PostgreSQL can hold it: <c>\u0000</c> and halves of surrogate pairs, which its texts cannot hold, become U+FFFD, and
/// overlong texts are cut with a marker. A line that is changed says so in its gaps, and is sealed anew.
/// </summary>
internal static class StorableLine
{
    /// <param name="line">An intact line, without its line feed.</param>
    /// <param name="maxTextBytes">The longest text, in bytes as spelled.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> line, int maxTextBytes)
    {
        ReadOnlySpan<byte> bytes = line.Span;
        if (bytes.Length <= maxTextBytes && bytes.IndexOf(@"\u0000"u8) < 0 && bytes.IndexOf(@"\ud"u8) < 0 && bytes.IndexOf(@"\uD"u8) < 0)
        {
            return line;
        }

        var changed = new LineBuffer(bytes.Length + 256);
        StorableText text = new(changed, maxTextBytes);
        text.Rewrite(bytes[..^LineTrailer.Length]);
        return text is { Replaced: 0, Cut: 0 } ? line : Sealed(changed.Written, text);
    }

    private static byte[] Sealed(ReadOnlySpan<byte> body, StorableText text)
    {
        var line = new LineBuffer(body.Length + 512);
        WriteWithGap(line, body, text);
        uint crc = Crc32C.Of(line.Written);
        line.Raw(",\"crc\":\""u8);
        line.Hex(crc);
        line.Raw("\"}"u8);
        return line.Written.ToArray();
    }

    // The body lacks its closing brace: it is read as if it were there.
    private static void WriteWithGap(LineBuffer line, ReadOnlySpan<byte> body, StorableText text)
    {
        var gaps = new ObjectParts(new PartRule("gaps", PartKind.Seen));
        byte[] whole = [.. body, (byte)'}'];
        gaps.Split(whole);
        ReadOnlyMemory<byte> found = gaps.Raw(0);
        if (found.Span is [(byte)'[', .., (byte)']'])
        {
            // Behind the opening bracket.
            int at = OffsetOf(found) + 1;
            line.Raw(whole.AsSpan(0, at));
            WriteGap(line, text);
            line.Raw(found.Length > 2 ? ","u8 : []);
            line.Raw(body[at..]);
        }
        else
        {
            line.Raw(body);
            line.Raw(",\"gaps\":["u8);
            WriteGap(line, text);
            line.Raw("]"u8);
        }
    }

    private static int OffsetOf(ReadOnlyMemory<byte> part) => MemoryMarshal.TryGetArray(part, out ArraySegment<byte> segment) ? segment.Offset : 0;

    // {"what":"postgresql","why":"2 characters that PostgreSQL cannot hold were replaced, 1 overlong texts were cut"}
    private static void WriteGap(LineBuffer line, StorableText text)
    {
        line.Raw("{\"what\":\"postgresql\",\"why\":"u8);
        line.Text(string.Create(
            CultureInfo.InvariantCulture, $"characters that PostgreSQL cannot hold, replaced: {text.Replaced}; overlong texts, cut: {text.Cut}"));
        line.Raw("}"u8);
    }
}
