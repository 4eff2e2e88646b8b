namespace FlightRecorder.PostgreSql;

/// <summary>The row of flight_recorder_sessions.</summary>
internal sealed class SessionRow
{
    private const short Columns = 30;

    private const int AppPart = HeadParts.Parts;
    private const int TagsPart = AppPart + 1;
    private const int TimelinePart = AppPart + 2;
    private const int PromptPart = AppPart + 3;
    private const int SourcesPart = AppPart + 4;
    private const int GapsPart = AppPart + 5;

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(3653);

    public static readonly Sql Copy = new("""
        COPY {schema}.flight_recorder_sessions (
          session_id, request_id, started_at, ended_at, environment, app_version, tags, actor, request, response, timeline, llm_prompt, llm_context,
          outcome, route, status, duration_us, trace_id, trigger, gaps, endpoint,
          kind, sequence, name, method, path, actor_id, mutations, error, rest)
        FROM STDIN (FORMAT BINARY)
        """);

    private readonly ObjectParts _parts = new(
    [
        .. HeadParts.Rules,
        new PartRule("app", PartKind.Seen),
        new PartRule("tags", PartKind.Json),
        new PartRule("timeline", PartKind.Json),
        new PartRule("prompt", PartKind.Text),
        new PartRule("sources", PartKind.Json),
        new PartRule("gaps", PartKind.Json),
    ]);

    private readonly ObjectParts _app = new(new PartRule("environment", PartKind.Seen), new PartRule("version", PartKind.Seen));

    /// <summary>The array of mutations of the line; empty when they are not rows.</summary>
    public ReadOnlyMemory<byte> Mutations => RowsOf(HeadParts.MutationsPart);

    /// <summary>The array of errors of the line; empty when they are not rows.</summary>
    public ReadOnlyMemory<byte> Errors => RowsOf(HeadParts.ErrorsPart);

    /// <summary>Takes a line apart, and tells what it is.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is no line of a journal.</exception>
    public LineContent Read(ReadOnlyMemory<byte> line, out RecordingSummary? summary)
    {
        _parts.SplitValid(line);
        summary = HeadParts.Of(_parts);
        return summary is null ? SummaryParser.TryRead(line.Span, out summary) : LineContent.Recording;
    }

    /// <summary>Writes the row of the line that was read last.</summary>
    public void Write(RowBuffer row, RecordingSummary summary)
    {
        (string? environment, string? version) = App();
        row.Begin(Columns);
        row.Id(summary.Id);
        row.Text(IndexedText.Of(summary.RequestId));
        row.Time(summary.StartedAt);
        row.Time(EndOf(summary));
        row.Text(environment);
        row.Text(version);
        WriteJson(row, TagsPart, HeadParts.ActorPart, HeadParts.RequestPart, HeadParts.ResponsePart, TimelinePart);
        row.Text(_parts.Text(PromptPart));
        WriteJson(row, SourcesPart);
        row.Text(RecordingWords.Of(summary.Outcome));
        row.Text(IndexedText.Of(summary.Route));
        row.Int(summary.Status);
        row.Long(summary.DurationUs);
        row.Text(IndexedText.Of(summary.TraceId));
        row.Texts([.. RecordingWords.Of(summary.Trigger)]);
        WriteJson(row, GapsPart, HeadParts.EndpointPart);
        WriteSummary(row, summary);
        row.Utf8(_parts.Rest);
    }

    // What lists show, beside what has a column already.
    private static void WriteSummary(RowBuffer row, RecordingSummary summary)
    {
        row.Text(RecordingWords.Of(summary.Kind));
        row.Long(summary.Sequence);
        row.Text(summary.Name);
        row.Text(summary.Method);
        row.Text(summary.Path);
        row.Text(IndexedText.Of(summary.ActorId));
        row.Int(summary.Mutations);
        row.Text(summary.Error);
    }

    private void WriteJson(RowBuffer row, params ReadOnlySpan<int> parts)
    {
        foreach (int part in parts)
        {
            row.Utf8(_parts.Raw(part).Span, isNull: !_parts.Has(part));
        }
    }

    private ReadOnlyMemory<byte> RowsOf(int part) => _parts.IsTaken(part) ? _parts.Raw(part) : default;

    private (string? Environment, string? Version) App()
    {
        if (_parts.Raw(AppPart).Span is not [(byte)'{', ..])
        {
            return (null, null);
        }

        _app.SplitValid(_parts.Raw(AppPart));
        return (_app.Text(0), _app.Text(1));
    }

    private static DateTimeOffset EndOf(RecordingSummary summary)
    {
        TimeSpan took = TimeSpan.FromMicroseconds(Math.Clamp(summary.DurationUs, 0, s_longest.TotalMicroseconds));
        return DateTimeOffset.MaxValue - summary.StartedAt > took ? summary.StartedAt + took : summary.StartedAt;
    }
}
