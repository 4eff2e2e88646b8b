using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FlightRecorder.Testing;

/// <summary>Writes recordings as files for people: indented JSON, and the prompt.</summary>
internal static class RecordingFiles
{
    private static readonly JsonWriterOptions s_readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<string> Write(IReadOnlyList<Recording> recordings, string directory)
    {
        Directory.CreateDirectory(directory);
        var files = new List<string>();
        for (int i = 0; i < recordings.Count; i++)
        {
            string stem = Path.Combine(directory, Stem(i + 1, recordings[i]));
            WriteJson(stem + ".json", recordings[i]);
            File.WriteAllText(stem + ".prompt.md", PromptWriter.Write(recordings[i], new PromptOptions { Related = [.. recordings.Take(i)] }));
            files.AddRange([stem + ".json", stem + ".prompt.md"]);
        }

        return files;
    }

    // 01-POST-201-9f3a11c20b7d: the last digits of the id are its random ones.
    private static string Stem(int number, Recording recording)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{number:00}-{recording.Request?.Method ?? recording.Kind.ToString()}-{recording.Response?.Status ?? 0}-{recording.Id.ToString("N")[20..]}");

    private static void WriteJson(string path, Recording recording)
    {
        using JsonDocument line = JsonDocument.Parse(recording.Line);
        using FileStream file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, s_readable);
        line.RootElement.WriteTo(writer);
    }
}
