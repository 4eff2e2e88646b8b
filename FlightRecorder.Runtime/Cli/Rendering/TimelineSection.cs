using System.Text.Json;

namespace FlightRecorder.Cli;

/// <summary>The timed steps of a recording.</summary>
internal static class TimelineSection
{
    private const int TimeWidth = 12;

    public static void Write(Page page, Recording recording)
    {
        IReadOnlyList<RecordedEntry> timeline = recording.Timeline;
        if (timeline.Count == 0)
        {
            return;
        }

        page.Heading("Timeline");
        int typeWidth = Math.Min(24, timeline.Max(entry => SafeText.Of(entry.Type).Length));
        foreach (RecordedEntry entry in timeline)
        {
            string facts = Facts(entry);
            page.Cell(Units.Moment(entry.AtUs), TimeWidth, Style.Faint, isNumber: true)
                .Text("  ").Cell(entry.Type, facts.Length > 0 ? typeWidth + 2 : 0).Line(facts);
            WriteDetails(page, entry, recording.Errors);
        }
    }

    private static string Facts(RecordedEntry entry) => string.Join(", ", new[]
    {
        entry.Detail,
        entry.Status is { } status ? $"status {status}" : null,
        entry.DurationUs is { } duration && entry.Type != TimelineTypes.ResponseSent ? Units.Duration(duration) : null,
        entry.Rows is { } rows ? Units.Count(rows, "row") : null,
        entry.Location,
    }.Where(fact => !string.IsNullOrEmpty(fact)));

    private static void WriteDetails(Page page, RecordedEntry entry, IReadOnlyList<RecordedError> errors)
    {
        const int Indent = TimeWidth + 4;
        if (entry.Sql is { } sql)
        {
            page.Block(sql, Indent, Style.Strong);
        }

        WriteValues(page, entry.Parameters, Indent);
        WriteValues(page, entry.Data, Indent);
        if (entry.Error is { } error && !IsToldAbove(entry, errors))
        {
            page.Block(error, Indent, Style.Bad);
        }
    }

    private static bool IsToldAbove(RecordedEntry entry, IReadOnlyList<RecordedError> errors)
        => entry.Type == TimelineTypes.Error && errors.Any(error => error.AtUs == entry.AtUs && error.Type == entry.Detail);

    private static void WriteValues(Page page, JsonElement values, int indent)
    {
        if (values.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            page.Block(RecordingJson.Compact(values), indent, Style.Faint);
        }
    }
}
