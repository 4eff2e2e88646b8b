using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace FlightRecorder.PostgreSql;

/// <summary>
/// The head of a recording from its parts, as <see cref="SummaryParser"/> reads it from the whole line, but without reading what has
/// no place in it: bodies, headers, the timeline. What is spelled in another way than our encoder's is left to that.
/// </summary>
internal static class HeadParts
{
    private const int VersionPart = 0;
    private const int SequencePart = 1;
    private const int KindPart = 2;
    private const int IdPart = 3;
    private const int StartPart = 4;
    private const int DurationPart = 5;
    private const int OutcomePart = 6;
    private const int TriggerPart = 7;
    private const int TracePart = 8;
    private const int RequestIdPart = 9;

    public const int ActorPart = 10;
    public const int EndpointPart = 11;
    public const int RequestPart = 12;
    public const int ResponsePart = 13;
    public const int MutationsPart = 14;
    public const int ErrorsPart = 15;

    /// <summary>How many parts the rules take out.</summary>
    public const int Parts = 16;

    private const int IdLength = 36;

    public static PartRule[] Rules { get; } =
    [
        new("v", PartKind.Seen),
        new("seq", PartKind.Seen),
        new("kind", PartKind.Seen),
        new("id", PartKind.Seen),
        new("ts", PartKind.Seen),
        new("durationUs", PartKind.Seen),
        new("outcome", PartKind.Seen),
        new("trigger", PartKind.Seen),
        new("traceId", PartKind.Seen),
        new("requestId", PartKind.Seen),
        new("actor", PartKind.Json),
        new("endpoint", PartKind.Json),
        new("request", PartKind.Json),
        new("response", PartKind.Json),
        new("mutations", PartKind.Rows),
        new("errors", PartKind.Rows),
    ];

    /// <summary>Null when it takes a reading of the whole to tell, which also tells what is wrong with it.</summary>
    public static RecordingSummary? Of(ObjectParts line)
    {
        RecordingKind kind = Kind(line.Raw(KindPart).Span);
        if (!line.IsPlain || kind == RecordingKind.Unknown || Number(line.Raw(VersionPart).Span) != SummaryParser.Version || Id(line.Raw(IdPart).Span) is not { } id)
        {
            return null;
        }

        var head = new SummaryDraft
        {
            Version = SummaryParser.Version,
            Id = id,
            Kind = kind,
            Sequence = Number(line.Raw(SequencePart).Span) ?? 0,
            StartedAt = Time(line.Raw(StartPart).Span),
            DurationUs = Number(line.Raw(DurationPart).Span) ?? 0,
            Outcome = Outcome(line.Raw(OutcomePart).Span),
            Trigger = Trigger(line.Raw(TriggerPart)),
            TraceId = Text(line.Raw(TracePart).Span),
            RequestId = Text(line.Raw(RequestIdPart).Span),
            Mutations = JsonScalars.Count(line.Raw(MutationsPart).Span),
        };
        return TryReadNested(line, head) ? head.ToSummary() : null;
    }

    // False when a name is spelled with escapes.
    private static bool TryReadNested(ObjectParts line, SummaryDraft head)
    {
        if (!TryFind(line.Raw(ActorPart).Span, "id"u8, out ReadOnlySpan<byte> actor)
            || !TryFind(line.Raw(EndpointPart).Span, "name"u8, out ReadOnlySpan<byte> name)
            || !TryFind(line.Raw(ResponsePart).Span, "status"u8, out ReadOnlySpan<byte> status)
            || !TryFind(FirstOf(line.Raw(ErrorsPart).Span), "type"u8, out ReadOnlySpan<byte> error))
        {
            return false;
        }

        head.ActorId = Text(actor);
        head.Name = Text(name);
        head.Status = (int?)Number(status);
        head.Error = Text(error);
        return TryReadRequest(line.Raw(RequestPart).Span, head);
    }

    // "request":{"method":"POST","path":"/orders","route":"/orders", … what is behind the three is not looked at
    private static bool TryReadRequest(ReadOnlySpan<byte> request, SummaryDraft head)
    {
        int found = 0;
        var members = new JsonMembers(request);
        while (found < 3 && members.Next())
        {
            found++;
            if (members.Name.SequenceEqual("method"u8)) { head.Method = Text(members.Value); }
            else if (members.Name.SequenceEqual("path"u8)) { head.Path = Text(members.Value); }
            else if (members.Name.SequenceEqual("route"u8)) { head.Route = Text(members.Value); }
            else if (members.Name.Contains((byte)'\\')) { return false; }
            else { found--; }
        }

        return true;
    }

    private static bool TryFind(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var members = new JsonMembers(json);
        while (members.Next())
        {
            if (members.Name.SequenceEqual(name))
            {
                value = members.Value;
                return true;
            }

            if (members.Name.Contains((byte)'\\'))
            {
                return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> array)
    {
        int at = array is [(byte)'[', ..] ? JsonHop.Content(array, 1) : array.Length;
        return array[at..];
    }

    private static Guid? Id(ReadOnlySpan<byte> value)
        => value is [(byte)'"', .. { Length: IdLength } text, (byte)'"'] && Utf8Parser.TryParse(text, out Guid id, out int used, 'D') && used == IdLength && id != Guid.Empty
            ? id
            : null;

    private static RecordingKind Kind(ReadOnlySpan<byte> value)
        => value.SequenceEqual("\"request\""u8) ? RecordingKind.Request : RecordingWords.Kind(Text(value));

    private static RecordingOutcome Outcome(ReadOnlySpan<byte> value)
        => value.SequenceEqual("\"completed\""u8) ? RecordingOutcome.Completed : RecordingWords.Outcome(Text(value));

    private static Triggers Trigger(ReadOnlyMemory<byte> value)
    {
        if (value.Span.SequenceEqual("[\"always\"]"u8))
        {
            return Triggers.Always;
        }

        Triggers triggers = Triggers.None;
        foreach (ReadOnlyMemory<byte> word in JsonScalars.Elements(value))
        {
            triggers |= RecordingWords.Trigger(Text(word.Span));
        }

        return triggers;
    }

    private static DateTimeOffset Time(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return default;
        }

        var reader = new Utf8JsonReader(value);
        return reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time) ? time : default;
    }

    private static long? Number(ReadOnlySpan<byte> value)
        => Utf8Parser.TryParse(value, out long number, out int used) && used == value.Length ? number : null;

    private static string? Text(ReadOnlySpan<byte> value)
    {
        if (value is [(byte)'"', .. var plain, (byte)'"'] && !plain.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(plain);
        }

        return value.IsEmpty ? null : JsonScalars.Text(value);
    }
}
