using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FlightRecorder.Cli;

/// <summary>JSON of recordings.</summary>
internal static class RecordingJson
{
    private static readonly JsonWriterOptions s_escaped = new() { Indented = true, NewLine = "\n", MaxDepth = SummaryDepth };

    // Not escaped here, since the page shows what cannot be seen in its own way.
    private static readonly JsonWriterOptions s_readable = s_escaped with { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions s_compact = s_readable with { Indented = false };

    private const int SummaryDepth = 1000;

    /// <summary>The line of a recording, indented; all but ASCII is escaped.</summary>
    public static void Write(TextWriter output, Recording recording)
    {
        using JsonDocument line = JsonDocument.Parse(recording.Line, new JsonDocumentOptions { MaxDepth = SummaryDepth });
        output.Write(Text(line.RootElement, s_escaped));
        output.Write('\n');
    }

    /// <summary>A value over several lines, for a page.</summary>
    public static string Readable(JsonElement value) => Text(value, s_readable);

    /// <summary>A value in one line, for a page; text without its quotes.</summary>
    public static string Compact(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "",
        JsonValueKind.String => value.AsText() ?? "",
        _ => Text(value, s_compact),
    };

    private static string Text(JsonElement value, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        try
        {
            using (var json = new Utf8JsonWriter(buffer, options))
            {
                value.WriteTo(json);
            }
        }
        catch (InvalidOperationException)
        {
            // A string that is no valid text, such as half a surrogate pair: shown as it was written.
            return value.GetRawText();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
