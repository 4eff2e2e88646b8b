namespace FlightRecorder;

/// <summary>Writes the timeline of a line: the recorder's own first and last entry around those of the recording.</summary>
internal sealed class TimelineWriter(LineBuffer line, LeafWriter leaf, ValueWriter values, LineBudget budget)
{
    public void Write(ActiveRecording recording, RedactionRules rules)
    {
        bool isRequest = recording.Kind == RecordingKind.Request;
        line.Raw(",\"timeline\":["u8);
        if (isRequest)
        {
            WriteReceived();
        }

        ReadOnlySpan<TimelineEntry> entries = recording.Timeline;
        foreach (ref readonly TimelineEntry entry in entries[..Math.Min(entries.Length, budget.MaxEntries)])
        {
            WriteEntry(entry, rules);
        }

        if (isRequest)
        {
            WriteSent(recording);
        }

        line.Byte((byte)']');
    }

    private void WriteReceived() => line.Raw("{\"atUs\":0,\"type\":\"http.request.received\"}"u8);

    // {"atUs":1834,"type":"http.response.sent","status":201,"durationUs":1834}
    private void WriteSent(ActiveRecording recording)
    {
        line.Raw(",{\"atUs\":"u8);
        line.Number(recording.DurationUs);
        line.Raw(",\"type\":\"http.response.sent\",\"status\":"u8);
        line.Number(recording.Status);
        line.Raw(",\"durationUs\":"u8);
        line.Number(recording.DurationUs);
        line.Byte((byte)'}');
    }

    // {"atUs":812,"type":"db.query","detail","sql","parameters":{},"data":{},"location","status","durationUs","rows","error"}
    private void WriteEntry(in TimelineEntry entry, RedactionRules rules)
    {
        line.Separate();
        line.Raw("{\"atUs\":"u8);
        line.Number(entry.AtUs);
        leaf.Optional("type"u8, entry.Type);
        leaf.OptionalMessage("detail"u8, entry.Detail);
        WriteContent(entry, rules);
        leaf.Optional("location"u8, entry.Location);
        WriteOptional("status"u8, entry.Status == 0 ? -1 : entry.Status);
        WriteOptional("durationUs"u8, entry.DurationUs);
        WriteOptional("rows"u8, entry.Rows);
        leaf.OptionalMessage("error"u8, entry.Error);
        line.Byte((byte)'}');
    }

    private void WriteContent(in TimelineEntry entry, RedactionRules rules)
    {
        if (budget.IsDropped(LinePart.TimelineData))
        {
            return;
        }

        int before = line.Length;
        leaf.OptionalMessage("sql"u8, entry.Sql, TextNotation.SqlLiteral);
        values.Owner = ValueWriter.AnyOwner;
        if (entry.Parameters is { } parameters)
        {
            line.Member("parameters"u8);
            values.Parameters(parameters);
        }

        values.Owner = ValueWriter.NoOwner;
        if (entry.Data is not null)
        {
            line.Member("data"u8);
            values.Value(entry.Data, MarkRule.Of(entry, rules));
        }

        budget.Count(LinePart.TimelineData, line.Length - before);
    }

    private void WriteOptional(ReadOnlySpan<byte> member, long value)
    {
        if (value >= 0)
        {
            line.Member(member).Number(value);
        }
    }
}
