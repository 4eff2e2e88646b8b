using System.Text;
using System.Text.Json;
using FlightRecorder.PostgreSql;

namespace FlightRecorder.Cli;

/// <summary>Dead letters as JSON, one object per line: <c>{"n":1,"at":"…","reason":"…","bytes":2310,"id":"…"}</c>; the id where it can be told.</summary>
internal static class DeadLetterJson
{
    public static void Write(TextWriter output, IReadOnlyList<DeadLetter> letters)
    {
        for (int i = 0; i < letters.Count; i++)
        {
            output.Write(Of(i + 1, letters[i]));
            output.Write('\n');
        }
    }

    private static string Of(int number, DeadLetter letter)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("n", number);
            json.WriteString("at", letter.At.UtcDateTime);
            json.WriteString("reason", letter.Reason);
            json.WriteNumber("bytes", letter.Line.Length);
            if (SummaryParser.TryRead(letter.Line.Span, out RecordingSummary? found) == LineContent.Recording && found is not null)
            {
                json.WriteString("id", found.Id);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
