using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FlightRecorder;

/// <summary>The line that stands where a recording was erased: its run, number, id and time, so that no number is missing, and nothing else.</summary>
internal static class Tombstone
{
    private const string Name = "erased";

    public static bool Is(RecordingSummary head) => head is { Kind: RecordingKind.Note, Name: Name };

    /// <summary>The line, without its line feed.</summary>
    public static byte[] Of(LineFacts erased)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("v", SummaryParser.Version);
            json.WriteString("run", erased.Run);
            json.WriteNumber("seq", erased.Sequence ?? 0);
            json.WriteString("kind", RecordingWords.Of(RecordingKind.Note));
            json.WriteString("id", erased.Id);
            json.WriteString("ts", erased.Time);
            json.WriteNumber("durationUs", 0);
            json.WriteString("outcome", RecordingWords.Of(RecordingOutcome.Completed));
            json.WriteStartArray("trigger");
            json.WriteEndArray();
            json.WriteStartObject("app");
            json.WriteEndObject();
            json.WriteStartObject("endpoint");
            json.WriteString("name", Name);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        line.SetLength(line.Length - 1);
        uint sum = Crc32C.Of(line.ToArray());
        line.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"crc\":\"{sum:x8}\"}}")));
        return line.ToArray();
    }
}
