using System.Diagnostics;

namespace FlightRecorder;

/// <summary>The end of a line: what it cost, and its checksum.</summary>
internal static class LineTail
{
    /// <summary>The most that <see cref="Write"/> appends.</summary>
    public const int MaxBytes = 100;

    // ,"crc":"9f3a11c2"}
    private const int CrcBytes = 18;

    /// <summary>Appends <c>,"cost":{"us":4,"bytes":2310},"crc":"9f3a11c2"}</c>; bytes are those before the cost.</summary>
    public static void Write(LineBuffer line, long started)
    {
        WriteCost(line, (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds, line.Length);
        WriteCrc(line);
    }

    /// <summary>Asks for the prompt of the finished line and puts it before the cost, if it fits.</summary>
    public static void InsertPrompt(LineBuffer line, Func<ReadOnlyMemory<byte>, string?> promptOf, int maxBytes)
    {
        byte[] finished = line.Written.ToArray();
        if (promptOf(finished) is not { } prompt)
        {
            return;
        }

        int cost = finished.AsSpan().LastIndexOf(",\"cost\":{"u8);
        line.CutTo(cost);
        line.Member("prompt"u8).Text(prompt);
        line.Raw(finished.AsSpan()[cost..^CrcBytes]);
        WriteCrc(line);
        if (line.Length > maxBytes)
        {
            line.Clear();
            line.Raw(finished);
        }
    }

    private static void WriteCost(LineBuffer line, long microseconds, int bytes)
    {
        line.Raw(",\"cost\":{\"us\":"u8);
        line.Number(microseconds);
        line.Raw(",\"bytes\":"u8);
        line.Number(bytes);
        line.Byte((byte)'}');
    }

    private static void WriteCrc(LineBuffer line)
    {
        uint crc = Crc32C.Of(line.Written);
        line.Raw(",\"crc\":\""u8);
        line.Hex(crc);
        line.Raw("\"}"u8);
    }
}
