using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace FlightRecorder;

/// <summary>Writes what a run that died left behind: a line for each request in the air, and one note of the run itself.</summary>
internal sealed class UnfinishedLines(SlotImage image)
{
    private static readonly byte[] s_noApp = ",\"app\":{},\"tags\":{}"u8.ToArray();

    private readonly byte[] _app = IsObject(image.App.Span) ? image.App.ToArray() : s_noApp;
    private readonly LineBuffer _line = new();

    /// <summary>The lines of the slots, then the note.</summary>
    /// <param name="slots">The slots in use.</param>
    /// <param name="isKnown">Whether a line of this id is in the journal already.</param>
    public LineBatch Write(IReadOnlyList<LeftSlot> slots, Func<Guid, bool> isKnown)
    {
        var lines = new List<EncodedRecording>();
        long sequence = LastSequence(slots);
        foreach (LeftSlot slot in slots)
        {
            // Numbers are given to those that are known too, so that a second attempt gives the same.
            long number = slot.Sequence ?? ++sequence;
            if (!isKnown(slot.Id))
            {
                lines.Add(new EncodedRecording { Id = slot.Id, Sequence = number, Line = Line(slot, number) });
            }
        }

        Guid note = NoteId();
        if (!isKnown(note))
        {
            lines.Add(new EncodedRecording { Id = note, Sequence = sequence + 1, Line = Note(note, sequence + 1, lines.Count) });
        }

        return Together(lines);
    }

    private static LineBatch Together(List<EncodedRecording> lines)
    {
        int length = 0;
        foreach (EncodedRecording line in lines)
        {
            length += line.Line.Length;
        }

        var batch = new LineBatch(length);
        foreach (EncodedRecording line in lines)
        {
            batch.TryAdd(line.Id, line.Sequence, line.Line.Span);
        }

        return batch;
    }

    private long LastSequence(IReadOnlyList<LeftSlot> slots)
    {
        long last = image.LastSequence;
        foreach (LeftSlot slot in slots)
        {
            last = Math.Max(last, slot.Sequence ?? 0);
        }

        return last;
    }

    // {"v":1,"run":"…","seq":17,"kind":"request","id":"…","ts":"…Z","durationUs":1834,"outcome":"unfinished","trigger":["crash"],"app":{…},…
    private byte[] Line(LeftSlot slot, long sequence)
    {
        Head(slot.Kind, slot.Id, slot.StartedAt, DurationUs(slot), sequence);
        Optional("traceId"u8, slot.TraceId);
        Endpoint(slot.Name, slot.Location);
        if (slot.Kind == RecordingKind.Request)
        {
            Request(slot);
        }

        Timeline(slot);
        _line.Member("gaps"u8).Byte((byte)'[');
        Gap("recording", slot.HasEnded
            ? "it had ended; its line was lost with the process"
            : $"the process ended first; it was last seen alive at {Shown(image.LastAlive)}");
        if (slot.EarlierSteps > 0)
        {
            Gap("timeline", string.Create(CultureInfo.InvariantCulture, $"{slot.EarlierSteps} earlier steps did not fit"));
        }

        _line.Byte((byte)']');
        return Sealed();
    }

    private byte[] Note(Guid id, long sequence, int unfinished)
    {
        Head(RecordingKind.Note, id, image.LastAlive, 0, sequence);
        Endpoint("run ended without a word", null);
        _line.Member("timeline"u8).Raw("[{\"atUs\":0,\"type\":\"note\",\"detail\":"u8);
        _line.Text($"run {image.Run}, started at {Shown(image.StartedAt)}, was last seen alive at {Shown(image.LastAlive)}");
        _line.Raw("}],\"gaps\":["u8);
        if (unfinished > 0)
        {
            Gap("requests", string.Create(CultureInfo.InvariantCulture, $"{unfinished} in the air when the process ended"));
        }

        if (image.Missed > 0)
        {
            Gap("slots", string.Create(CultureInfo.InvariantCulture, $"{image.Missed} requests found no free slot while the process ran"));
        }

        _line.Byte((byte)']');
        return Sealed();
    }

    private void Head(RecordingKind kind, Guid id, DateTimeOffset at, long durationUs, long sequence)
    {
        _line.Clear();
        _line.Raw("{\"v\":1,\"run\":"u8);
        _line.Text(image.Run);
        _line.Member("seq"u8).Number(sequence);
        _line.Member("kind"u8).Raw(LineWords.Of(kind));
        _line.Member("id"u8).Text(id.ToString("D"));
        _line.Member("ts"u8).Time(at);
        _line.Member("durationUs"u8).Number(durationUs);
        _line.Member("outcome"u8).Raw(LineWords.Of(RecordingOutcome.Unfinished));
        _line.Raw(",\"trigger\":[\"crash\"]"u8);
        _line.Raw(_app);
    }

    private void Request(LeftSlot slot)
    {
        _line.Member("request"u8).Byte((byte)'{');
        _line.Member("method"u8).Text(slot.Method);
        _line.Member("path"u8).Text(slot.Path ?? "/" + slot.Route?.TrimStart('/'));
        Optional("route"u8, slot.Route);
        _line.Member("bodyState"u8).Raw(LineWords.Of(BodyState.Skipped));
        _line.Byte((byte)'}');
    }

    private void Timeline(LeftSlot slot)
    {
        _line.Member("timeline"u8).Byte((byte)'[');
        if (slot.Kind == RecordingKind.Request)
        {
            _line.Raw("{\"atUs\":0,\"type\":\"http.request.received\"}"u8);
        }

        foreach (LeftStep step in slot.Steps)
        {
            _line.Separate();
            _line.Raw("{\"atUs\":"u8);
            _line.Number(step.AtUs);
            _line.Member("type"u8).Text(Type(step.Kind));
            Optional("detail"u8, step.Kind == SlotStepKind.Running ? step.Text + " (running)" : step.Text.Length == 0 ? null : step.Text);
            _line.Byte((byte)'}');
        }

        _line.Byte((byte)']');
    }

    private void Endpoint(string? name, string? location)
    {
        if (name is not null)
        {
            _line.Member("endpoint"u8).Byte((byte)'{');
            _line.Member("name"u8).Text(name);
            Optional("location"u8, location);
            _line.Byte((byte)'}');
        }
    }

    private void Gap(string what, string why)
    {
        _line.Separate();
        _line.Byte((byte)'{');
        _line.Member("what"u8).Text(what);
        _line.Member("why"u8).Text(why);
        _line.Byte((byte)'}');
    }

    private void Optional(ReadOnlySpan<byte> member, string? text)
    {
        if (text is not null)
        {
            _line.Member(member).Text(text);
        }
    }

    private byte[] Sealed()
    {
        LineTail.Write(_line, Stopwatch.GetTimestamp());
        _line.Byte((byte)'\n');
        return _line.Written.ToArray();
    }

    // As long as it is known to have run.
    private long DurationUs(LeftSlot slot)
        => Math.Max((long)Math.Max(0, (image.LastAlive - slot.StartedAt).TotalMicroseconds), slot.Steps.Count > 0 ? slot.Steps[^1].AtUs : 0);

    // A UUID version 7 that the same run always has: the time of its start and, for the random bits, the run's own.
    private Guid NoteId()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, image.StartedAt.ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], ulong.Parse(image.Run, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        bytes[6] = (byte)(0x70 | (bytes[8] >> 4));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static string Type(SlotStepKind kind) => kind switch
    {
        SlotStepKind.Mark => TimelineTypes.Mark,
        SlotStepKind.Query => TimelineTypes.Query,
        SlotStepKind.Command or SlotStepKind.Running => TimelineTypes.Command,
        _ => "step",
    };

    private static string Shown(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // ,"app":{…},"tags":{…}
    private static bool IsObject(ReadOnlySpan<byte> app)
    {
        if (app.IsEmpty || app[0] != (byte)',' || !Utf8.IsValid(app) || app.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0)
        {
            return false;
        }

        try
        {
            byte[] whole = [(byte)'{', .. app[1..], (byte)'}'];
            return AreKnown(whole);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool AreKnown(byte[] members)
    {
        var reader = new Utf8JsonReader(members);
        bool known = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
        while (known && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            known = (reader.ValueTextEquals("app"u8) || reader.ValueTextEquals("tags"u8)) && reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
        }

        // Nothing may follow.
        return known && !reader.Read();
    }
}
