using System.Globalization;
using Microsoft.Extensions.Logging;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// <c>dead-letter.jsonl</c>: one object a line, <c>{"at":"…Z","reason":"22021: …","line":{…}}</c>, the line as the journal had it, redacted
/// as there. For its owner only (0600).
/// </summary>
internal sealed class DeadLetterFile(string path, TimeProvider time, ILogger? logger = null) : IDeadLetters
{
    public const string Name = "dead-letter.jsonl";

    private static readonly byte[] s_before = ",\"line\":"u8.ToArray();

    private bool _wasSaid;

    public string Path { get; } = path;

    public void Add(ReadOnlySpan<byte> line, string reason)
    {
        var letter = new LineBuffer(line.Length + 256);
        letter.Raw("{\"at\":\""u8);
        letter.Unquoted(time.GetUtcNow().UtcDateTime, "yyyy-MM-ddTHH:mm:ss.ffffffZ");
        letter.Raw("\",\"reason\":"u8);
        letter.Text(reason);
        letter.Raw(s_before);
        letter.Raw(line);
        letter.Raw("}\n"u8);
        Append(letter.Written);
        if (!_wasSaid && logger is not null)
        {
            _wasSaid = true;
            PostgresLog.Dead(logger, reason, Path);
        }
    }

    /// <summary>The dead lines with their reasons, in the order they came; what is torn is passed over.</summary>
    public IReadOnlyList<DeadLetter> Read()
    {
        var letters = new List<DeadLetter>();
        if (!File.Exists(Path))
        {
            return letters;
        }

        foreach (ReadOnlyMemory<byte> stretch in Lines(File.ReadAllBytes(Path)))
        {
            if (Parse(stretch) is { } letter)
            {
                letters.Add(letter);
            }
        }

        return letters;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        using FileStream file = PrivateFiles.Append(Path);
        file.Write(bytes);
        file.Flush();
        FileSync.Flush(file.SafeFileHandle);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.Span.IndexOf((byte)'\n');
            yield return end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
        }
    }

    // The line may be what JSON readers refuse: it is found by where it stands. The reason cannot hold the mark, which has bare quotes.
    private static DeadLetter? Parse(ReadOnlyMemory<byte> letter)
    {
        int mark = letter.Span.IndexOf(s_before);
        if (mark < 0 || letter.Span[^1] != (byte)'}')
        {
            return null;
        }

        var head = new ObjectParts(new PartRule("at", PartKind.Seen), new PartRule("reason", PartKind.Seen));
        try
        {
            head.Split((byte[])[.. letter.Span[..mark], (byte)'}']);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }

        DateTimeOffset at = DateTimeOffset.TryParse(head.Text(0), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : default;
        return new DeadLetter(at, head.Text(1) ?? "", letter[(mark + s_before.Length)..^1]);
    }
}

/// <summary>A recording that PostgreSQL did not take.</summary>
internal sealed record DeadLetter(DateTimeOffset At, string Reason, ReadOnlyMemory<byte> Line);
