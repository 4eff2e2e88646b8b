using System.Text.Json;

namespace FlightRecorder;

/// <summary>What a line of any version says of itself and of its actor; members that are absent or of another type are null.</summary>
internal sealed record LineFacts
{
    public long? Version { get; private set; }

    public string? Run { get; private set; }

    public long? Sequence { get; private set; }

    public string? Id { get; private set; }

    public string? Time { get; private set; }

    public string? ActorId { get; private set; }

    /// <summary>Null when the line is no JSON object.</summary>
    public static LineFacts? TryRead(ReadOnlySpan<byte> line)
    {
        var facts = new LineFacts();
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = SummaryParser.MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                facts.ReadMember(ref reader);
            }

            return facts;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("v"u8)) { Version = Number(ref reader); }
        else if (reader.ValueTextEquals("run"u8)) { Run = Text(ref reader); }
        else if (reader.ValueTextEquals("seq"u8)) { Sequence = Number(ref reader); }
        else if (reader.ValueTextEquals("id"u8)) { Id = Text(ref reader); }
        else if (reader.ValueTextEquals("ts"u8)) { Time = Text(ref reader); }
        else if (reader.ValueTextEquals("actor"u8)) { ReadActor(ref reader); }
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    private void ReadActor(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            string? text = Text(ref reader);
            ActorId = isId ? text : ActorId;
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return text;
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        long? number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) ? value : null;
        reader.Skip();
        return number;
    }
}
