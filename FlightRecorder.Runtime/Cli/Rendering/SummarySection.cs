namespace FlightRecorder.Cli;

/// <summary>The head of a page: one line that says it all, and the facts.</summary>
internal static class SummarySection
{
    private const int LabelWidth = 12;

    public static void Write(Page page, Recording recording)
    {
        WriteTitle(page, recording);
        Fact(page, "id", recording.Id.ToString("D"));
        Fact(page, "began", Units.ExactTime(recording.StartedAt));
        Fact(page, "handler", Join("  ", recording.Endpoint?.Name, recording.Endpoint?.Location));
        Fact(page, "route", recording.Request?.Route);
        Fact(page, "request id", recording.RequestId);
        Fact(page, "trace", recording.TraceId);
        Fact(page, "parent", recording.Parent);
        Fact(page, "actor", recording.Actor is { } actor ? Join(", ", actor.Id, actor.Role is { } role ? "role " + role : null) : null);
        Fact(page, "kept for", string.Join(", ", RecordingWords.Of(recording.Trigger)));
        Fact(page, "app", App(recording.App));
        Fact(page, "tags", string.Join(", ", recording.Tags.Select(tag => $"{tag.Key}={tag.Value}")));
        Fact(page, "run", $"{recording.Run} #{recording.Sequence}");
    }

    private static void WriteTitle(Page page, Recording recording)
    {
        Style style = SummaryTable.StyleOf(recording.Response?.Status, recording.Outcome);
        string what = recording.Request is { } request
            ? $"{request.Method} {request.Path}"
            : $"{RecordingWords.Of(recording.Kind)} {recording.Endpoint?.Name}".TrimEnd();
        string ending = recording.Response is { } response ? $"{response.Status} {RecordingWords.Of(recording.Outcome)}" : RecordingWords.Of(recording.Outcome);
        page.Text(what, Style.Strong).Text(" → ").Text(ending, style).Line($" in {Units.Duration(recording.DurationUs)}");
    }

    private static void Fact(Page page, string label, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            page.Text("  ").Cell(label, LabelWidth, Style.Faint).Line(value);
        }
    }

    private static string App(RecordedApp app)
        => Join(" ", app.Name, app.Version, app.Commit is { } commit ? $"({commit})" : null, app.Environment is { } environment ? $"in {environment}" : null, app.Host is { } host ? $"on {host}" : null);

    private static string Join(string separator, params string?[] parts) => string.Join(separator, parts.Where(part => !string.IsNullOrEmpty(part)));
}
