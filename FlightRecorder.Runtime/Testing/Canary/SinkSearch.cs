using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FlightRecorder.Testing;

/// <summary>Searches every place that a host writes recordings to, and says what it searched.</summary>
internal sealed class SinkSearch(LeakFinder finder)
{
    private const int MostListed = 10_000;
    private const int LongestPrompt = 1_000_000;

    private readonly List<CanaryLeak> _leaks = [];
    private readonly List<string> _searched = [];

    public IReadOnlyList<CanaryLeak> Leaks => _leaks;

    public IReadOnlyList<string> Searched => _searched;

    /// <summary>All recordings that the reader has, not only the test's own, and the prompt of each.</summary>
    public async Task RecordingsAsync(IRecordingReader reader, CancellationToken cancellationToken)
    {
        int count = 0;
        foreach (RecordingSummary summary in await reader.ListAsync(new RecordingQuery { Limit = MostListed }, cancellationToken))
        {
            if (await reader.GetAsync(summary.Id, cancellationToken) is { } recording)
            {
                count++;
                Search(recording);
            }
        }

        Note(count, "recordings");
        Note(count, "prompts");
    }

    /// <summary>Each file below the journal's directory, whatever it is.</summary>
    public void Files(IRecordingSource source)
    {
        if (JournalFolder.Of(source) is not { } directory || !Directory.Exists(directory))
        {
            return;
        }

        string[] files = Directory.GetFiles(directory, "*", SearchOption.AllDirectories);
        foreach (string file in files)
        {
            Lines("file " + Path.GetRelativePath(directory, file), Read(file));
        }

        Note(files.Length, "files");
    }

    public void Log(LogCollector log, IReadOnlyList<string> ignored)
    {
        int count = 0;
        foreach ((string place, string text) in log.Lines)
        {
            if (!ignored.Any(prefix => place.StartsWith(prefix, StringComparison.Ordinal)))
            {
                count++;
                Lines("log " + place, text);
            }
        }

        Note(count, "log lines");
        if (log.Lost > 0)
        {
            _searched.Add($"without {log.Lost} log lines that were too many");
        }
    }

    private void Search(Recording recording)
    {
        string line = Encoding.UTF8.GetString(recording.Line.Span);
        foreach ((CanaryToken token, string encoding) in finder.Find(line))
        {
            _leaks.AddRange(InMembers(recording, token, encoding));
        }

        Lines($"prompt of recording {recording.Id}", PromptWriter.Write(recording, new PromptOptions { MaxChars = LongestPrompt }));
    }

    // A hit in the line is placed by its members; one that lies across them stands for itself.
    private static IEnumerable<CanaryLeak> InMembers(Recording recording, CanaryToken token, string encoding)
    {
        string place = $"recording {recording.Id}";
        var alone = new LeakFinder([token]);
        using JsonDocument document = JsonDocument.Parse(recording.Line);
        CanaryLeak[] placed =
        [
            .. JsonPlaces.Of(document.RootElement).SelectMany(
                leaf => alone.Find(leaf.Text).Select(hit => new CanaryLeak(token, place, leaf.Path, hit.Encoding))),
        ];
        return placed.Length > 0 ? placed : [new CanaryLeak(token, place, "$", encoding)];
    }

    private void Lines(string place, string text)
    {
        foreach ((CanaryToken token, string encoding) in finder.Find(text))
        {
            _leaks.Add(new CanaryLeak(token, place, "line " + LineOf(text, token.Value), encoding));
        }
    }

    private static string LineOf(string text, string value)
    {
        int at = text.IndexOf(value, StringComparison.Ordinal);
        return at < 0 ? "?" : (text.AsSpan(0, at).Count('\n') + 1).ToString(CultureInfo.InvariantCulture);
    }

    // Opened as a reader beside the writer that still has it.
    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        return reader.ReadToEnd();
    }

    private void Note(int count, string what) => _searched.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
}
