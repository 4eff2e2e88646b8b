using System.Globalization;
using Microsoft.Extensions.Logging;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// <c>dead-letter.jsonl</c>: one object a line, <c>{"at":"…Z","reason":"22021: …","line":{…}}</c>, the line as the journal had it, redacted
/// as there. For its owner only (0600). Who writes it holds <c>dead-letter.lock</c> meanwhile, so that nothing comes between the reading
/// and the replacing of the whole; who does not get that finds the file busy.
/// </summary>
internal sealed class DeadLetterFile(string path, TimeProvider time, ILogger? logger = null) : IDeadLetters
{
    public const string Name = "dead-letter.jsonl";

    private const string LockName = "dead-letter.lock";

    private static readonly byte[] s_before = ",\"line\":"u8.ToArray();

    private bool _wasSaid;

    public string Path { get; } = path;

    /// <summary>The file of a journal directory.</summary>
    public static DeadLetterFile Of(string directory, TimeProvider time, ILogger? logger = null)
        => new(System.IO.Path.Combine(directory, Shipper.FolderName, Name), time, logger);

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

    /// <summary>Takes letters out, and returns how many went. The file is replaced as a whole; what is torn stays until nothing else does.</summary>
    /// <exception cref="IOException">It cannot be written, or another writes it now.</exception>
    public int Remove(IReadOnlySet<DeadLetter> going)
    {
        if (!File.Exists(Path))
        {
            return 0;
        }

        using FileStream held = Hold();
        int removed = 0;
        int left = 0;
        string next = Path + ".next";
        using (FileStream file = PrivateFiles.Create(next))
        {
            foreach (ReadOnlyMemory<byte> stretch in Lines(File.ReadAllBytes(Path)))
            {
                DeadLetter? letter = Parse(stretch);
                if (letter is not null && going.Contains(letter))
                {
                    removed++;
                    continue;
                }

                left += letter is null ? 0 : 1;
                file.Write([.. stretch.Span, (byte)'\n']);
            }

            file.Flush(flushToDisk: true);
        }

        Replace(next, isEmpty: left == 0);
        return removed;
    }

    private void Replace(string next, bool isEmpty)
    {
        if (isEmpty)
        {
            File.Delete(next);
            File.Delete(Path);
        }
        else
        {
            File.Move(next, Path, overwrite: true);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        using FileStream held = Hold();
        using FileStream file = PrivateFiles.Extend(Path);
        EndTornLine(file);
        file.Write(bytes);
        file.Flush();
        FileSync.Flush(file.SafeFileHandle);
    }

    private FileStream Hold() => PrivateFiles.Lock(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, LockName));

    // What a loss of power left must not take the next letter with it.
    private static void EndTornLine(FileStream file)
    {
        if (file.Length > 0)
        {
            file.Position = file.Length - 1;
            if (file.ReadByte() != '\n')
            {
                file.WriteByte((byte)'\n');
            }
        }
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
        return new DeadLetter(at, head.Text(1) ?? "", letter[(mark + s_before.Length)..^1], letter);
    }
}
