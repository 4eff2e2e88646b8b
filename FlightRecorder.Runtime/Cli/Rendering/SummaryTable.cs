namespace FlightRecorder.Cli;

/// <summary>Recordings as a table, one per line.</summary>
internal static class SummaryTable
{
    // 48 bits of time, the version, 12 random bits: rarely ambiguous, and short enough to type.
    private const int ShortId = 18;

    public static void Write(Page page, IReadOnlyList<RecordingSummary> recordings)
    {
        int idWidth = IdWidth(recordings);
        int whatWidth = Math.Min(60, recordings.Select(recording => SafeText.Of(What(recording)).Length).DefaultIfEmpty().Max());
        foreach (RecordingSummary recording in recordings)
        {
            WriteRow(page, recording, idWidth, whatWidth);
        }
    }

    /// <summary>One, where others are not known yet.</summary>
    public static void WriteOne(Page page, RecordingSummary recording) => WriteRow(page, recording, ShortId, 0);

    /// <summary>With whole ids, to choose from.</summary>
    public static void WriteCandidates(Page page, IReadOnlyList<RecordingSummary> recordings)
    {
        foreach (RecordingSummary recording in recordings)
        {
            page.Text("  ");
            WriteRow(page, recording, int.MaxValue, 0);
        }
    }

    public static Style StyleOf(int? status, RecordingOutcome outcome) => (status, outcome) switch
    {
        ( >= 500, _) or (_, RecordingOutcome.Failed or RecordingOutcome.Unfinished) => Style.Bad,
        ( >= 400, _) or (_, RecordingOutcome.Aborted or RecordingOutcome.Unknown) => Style.Warning,
        _ => Style.Good,
    };

    private static void WriteRow(Page page, RecordingSummary recording, int idWidth, int whatWidth)
    {
        string id = recording.Id.ToString("D");
        page.Text(Units.Time(recording.StartedAt), Style.Faint)
            .Text("  ").Text(id[..Math.Min(idWidth, id.Length)])
            .Text("  ").Cell(recording.Status is { } status ? Units.Number(status) : "-", 3, StyleOf(recording.Status, recording.Outcome))
            .Text(" ").Cell(RecordingWords.Of(recording.Outcome), 10, StyleOf(null, recording.Outcome))
            .Text(" ").Cell(Units.Duration(recording.DurationUs), 8, isNumber: true)
            .Text("  ").Cell(What(recording), HasNotes(recording) ? whatWidth : 0, Style.Strong);
        WriteNotes(page, recording);
        page.Line();
    }

    private static bool HasNotes(RecordingSummary recording) => recording.Mutations > 0 || recording.Error is not null;

    private static void WriteNotes(Page page, RecordingSummary recording)
    {
        if (recording.Mutations > 0)
        {
            page.Text("  ").Text(Units.Count(recording.Mutations, "mutation"), Style.Faint);
        }

        if (recording.Error is { } error)
        {
            page.Text("  ").Text(error, Style.Bad);
        }
    }

    private static string What(RecordingSummary recording)
        => recording.Method is null ? $"{RecordingWords.Of(recording.Kind)} {recording.Name}".TrimEnd() : $"{recording.Method} {recording.Path}";

    // Long enough to tell those listed apart.
    private static int IdWidth(IReadOnlyList<RecordingSummary> recordings)
    {
        string[] ids = [.. recordings.Select(recording => recording.Id.ToString("D")).Distinct().Order(StringComparer.Ordinal)];
        int width = ShortId;
        for (int i = 1; i < ids.Length; i++)
        {
            width = Math.Max(width, ids[i - 1].AsSpan().CommonPrefixLength(ids[i]) + 1);
        }

        return width;
    }
}
