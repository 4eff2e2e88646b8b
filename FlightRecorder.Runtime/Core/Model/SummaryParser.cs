using System.Text.Json;

namespace FlightRecorder;

/// <summary>
/// Reads the head of a recording from its line in one forward pass, without building the rest. Lenient: unknown members are
/// skipped, members of an unexpected type count as absent.
/// </summary>
internal static class SummaryParser
{
    public const int Version = 1;

    // Deeper than the encoder writes; a bound against hostile lines.
    public const int MaxDepth = 512;

    public static LineContent TryRead(ReadOnlySpan<byte> line, out RecordingSummary? summary)
    {
        summary = null;
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaxDepth });
            var head = new SummaryDraft();
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return LineContent.Malformed;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref reader, head);
            }

            return Judge(head, out summary);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return LineContent.Malformed;
        }
    }

    private static LineContent Judge(SummaryDraft head, out RecordingSummary? summary)
    {
        summary = null;
        if (head.Version > Version)
        {
            return LineContent.FutureVersion;
        }

        if (head.Version < Version || head.Id == Guid.Empty)
        {
            return LineContent.Malformed;
        }

        if (head.Kind == RecordingKind.Unknown)
        {
            return LineContent.UnknownKind;
        }

        summary = head.ToSummary();
        return LineContent.Recording;
    }

    private static void ReadMember(ref Utf8JsonReader reader, SummaryDraft head)
    {
        if (reader.ValueTextEquals("v"u8)) { head.Version = Number(ref reader) ?? 0; }
        else if (reader.ValueTextEquals("seq"u8)) { head.Sequence = Number(ref reader) ?? 0; }
        else if (reader.ValueTextEquals("kind"u8)) { head.Kind = RecordingWords.Kind(Text(ref reader)); }
        else if (reader.ValueTextEquals("id"u8)) { head.Id = Id(ref reader); }
        else if (reader.ValueTextEquals("ts"u8)) { head.StartedAt = Time(ref reader); }
        else if (reader.ValueTextEquals("durationUs"u8)) { head.DurationUs = Number(ref reader) ?? 0; }
        else if (reader.ValueTextEquals("outcome"u8)) { head.Outcome = RecordingWords.Outcome(Text(ref reader)); }
        else if (reader.ValueTextEquals("trigger"u8)) { head.Trigger = Trigger(ref reader); }
        else if (reader.ValueTextEquals("traceId"u8)) { head.TraceId = Text(ref reader); }
        else if (reader.ValueTextEquals("requestId"u8)) { head.RequestId = Text(ref reader); }
        else if (reader.ValueTextEquals("actor"u8)) { ReadObject(ref reader, head, ReadActor); }
        else if (reader.ValueTextEquals("endpoint"u8)) { ReadObject(ref reader, head, ReadEndpoint); }
        else if (reader.ValueTextEquals("request"u8)) { ReadObject(ref reader, head, ReadRequest); }
        else if (reader.ValueTextEquals("response"u8)) { ReadObject(ref reader, head, ReadResponse); }
        else if (reader.ValueTextEquals("mutations"u8)) { head.Mutations = Count(ref reader); }
        else if (reader.ValueTextEquals("errors"u8)) { head.Error = FirstErrorType(ref reader); }
        else { Skip(ref reader); }
    }

    private delegate void MemberReader(ref Utf8JsonReader reader, SummaryDraft head);

    private static void ReadActor(ref Utf8JsonReader reader, SummaryDraft head)
    {
        if (reader.ValueTextEquals("id"u8)) { head.ActorId = Text(ref reader); }
        else { Skip(ref reader); }
    }

    private static void ReadEndpoint(ref Utf8JsonReader reader, SummaryDraft head)
    {
        if (reader.ValueTextEquals("name"u8)) { head.Name = Text(ref reader); }
        else { Skip(ref reader); }
    }

    private static void ReadRequest(ref Utf8JsonReader reader, SummaryDraft head)
    {
        if (reader.ValueTextEquals("method"u8)) { head.Method = Text(ref reader); }
        else if (reader.ValueTextEquals("path"u8)) { head.Path = Text(ref reader); }
        else if (reader.ValueTextEquals("route"u8)) { head.Route = Text(ref reader); }
        else { Skip(ref reader); }
    }

    private static void ReadResponse(ref Utf8JsonReader reader, SummaryDraft head)
    {
        if (reader.ValueTextEquals("status"u8)) { head.Status = (int?)Number(ref reader); }
        else { Skip(ref reader); }
    }

    private static void ReadErrorType(ref Utf8JsonReader reader, SummaryDraft head)
    {
        if (reader.ValueTextEquals("type"u8)) { head.Error = Text(ref reader); }
        else { Skip(ref reader); }
    }

    private static void ReadObject(ref Utf8JsonReader reader, SummaryDraft head, MemberReader readMember)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            readMember(ref reader, head);
        }
    }

    private static string? FirstErrorType(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var first = new SummaryDraft();
        bool isFirst = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (isFirst && reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    ReadErrorType(ref reader, first);
                }
            }
            else
            {
                reader.Skip();
            }

            isFirst = false;
        }

        return first.Error;
    }

    private static int Count(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return 0;
        }

        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }

    private static Triggers Trigger(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return Triggers.None;
        }

        Triggers triggers = Triggers.None;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            triggers |= reader.TokenType == JsonTokenType.String ? RecordingWords.Trigger(reader.GetString()) : Triggers.None;
            reader.Skip();
        }

        return triggers;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value))
        {
            return value;
        }

        reader.Skip();
        return null;
    }

    private static Guid Id(ref Utf8JsonReader reader) => Guid.TryParseExact(Text(ref reader), "D", out Guid id) ? id : Guid.Empty;

    private static DateTimeOffset Time(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time))
        {
            return time;
        }

        reader.Skip();
        return default;
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
