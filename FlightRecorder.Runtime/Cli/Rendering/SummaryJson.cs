using System.Text;
using System.Text.Json;

namespace FlightRecorder.Cli;

/// <summary>Recordings as JSON, one object per line with the member names of the journal line. All but ASCII is escaped.</summary>
internal static class SummaryJson
{
    public static void Write(TextWriter output, IReadOnlyList<RecordingSummary> recordings)
    {
        foreach (RecordingSummary recording in recordings)
        {
            output.Write(Of(recording));
            output.Write('\n');
        }
    }

    private static string Of(RecordingSummary recording)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", recording.Id);
            json.WriteNumber("seq", recording.Sequence);
            json.WriteString("kind", RecordingWords.Of(recording.Kind));
            json.WriteString("ts", recording.StartedAt.UtcDateTime);
            json.WriteNumber("durationUs", recording.DurationUs);
            json.WriteString("outcome", RecordingWords.Of(recording.Outcome));
            WriteTriggers(json, recording.Trigger);
            json.WriteString("name", recording.Name);
            WriteText(json, "method", recording.Method);
            WriteText(json, "path", recording.Path);
            WriteText(json, "route", recording.Route);
            if (recording.Status is { } status)
            {
                json.WriteNumber("status", status);
            }

            WriteText(json, "requestId", recording.RequestId);
            WriteText(json, "traceId", recording.TraceId);
            WriteText(json, "actorId", recording.ActorId);
            json.WriteNumber("mutations", recording.Mutations);
            WriteText(json, "error", recording.Error);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteTriggers(Utf8JsonWriter json, Triggers triggers)
    {
        json.WriteStartArray("trigger");
        foreach (string word in RecordingWords.Of(triggers))
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
