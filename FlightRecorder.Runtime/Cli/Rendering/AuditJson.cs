using System.Text;
using System.Text.Json;

namespace FlightRecorder.Cli;

/// <summary>What is said of a journal itself, as JSON: one object per line, all but ASCII escaped.</summary>
internal static class AuditJson
{
    public static void WriteFault(TextWriter output, JournalFault fault) => Write(output, json =>
    {
        json.WriteString("file", fault.File);
        json.WriteNumber("offset", fault.Offset);
        json.WriteString("fault", fault.Word);
        json.WriteString("detail", fault.Detail);
    });

    public static void WriteSum(TextWriter output, long segments, long lines, long bytes, long faults) => Write(output, json =>
    {
        json.WriteNumber("segments", segments);
        json.WriteNumber("lines", lines);
        json.WriteNumber("bytes", bytes);
        json.WriteNumber("faults", faults);
    });

    public static void WriteAction(TextWriter output, PruneAction action, bool isDryRun) => Write(output, json =>
    {
        json.WriteString("action", action.Word);
        json.WriteBoolean("dryRun", isDryRun);
        json.WriteString("file", action.File);
        json.WriteNumber("bytes", action.Bytes);
        json.WriteNumber("erased", action.Erased);
        json.WriteString("detail", action.Detail);
    });

    public static void WriteRun(TextWriter output, RunAudit run) => Write(output, json =>
    {
        json.WriteString("run", run.Run.Length > 0 ? run.Run : run.Series);
        json.WriteBoolean("alive", run.IsAlive);
        json.WriteNumber("recordings", run.Recordings);
        json.WriteNumber("erased", run.Erased);
        json.WriteNumber("missing", run.Numbers.Missing);
        WriteTime(json, "began", run.FirstBegan);
        WriteTime(json, "lastAlive", run.LastAlive);
        json.WriteNumber("segments", run.Segments.Count);
        json.WriteNumber("bytes", run.Bytes);
        WriteTotals(json, run.Totals);
        json.WriteStartObject("notes");
        foreach ((string name, int count) in run.Notes)
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
        json.WriteStartArray("quarantined");
        foreach (SegmentFile aside in run.Quarantined)
        {
            json.WriteStringValue(Path.GetFileName(aside.Path));
        }

        json.WriteEndArray();
        json.WriteNumber("faults", run.Faults.Count);
    });

    // "counters":{"offered":12,"stored":7,"dropped":{"queue_full":2},"notKept":{"no_trigger":3},"inFlight":0}
    private static void WriteTotals(Utf8JsonWriter json, RunTotals? totals)
    {
        if (totals is null)
        {
            return;
        }

        json.WriteStartObject("counters");
        json.WriteNumber("offered", totals.Offered);
        json.WriteNumber("stored", totals.Stored);
        WriteReasons(json, "dropped", totals.Dropped);
        WriteReasons(json, "notKept", totals.NotKept);
        json.WriteNumber("inFlight", totals.InFlight);
        json.WriteEndObject();
    }

    private static void WriteReasons(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, long>> reasons)
    {
        json.WriteStartObject(name);
        foreach ((string reason, long count) in reasons)
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known.UtcDateTime);
        }
    }

    private static void Write(TextWriter output, Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        output.Write('\n');
    }
}
