using System.Globalization;

namespace FlightRecorder.Prompts;

/// <summary>What it was, how it ended, where and when.</summary>
internal static class SummarySection
{
    public static void Write(PromptPage page, PromptCase @case)
    {
        page.Heading("Summary");
        EvidenceBlock block = page.Block("summary", "Nothing.\n");
        Recording recording = @case.Recording;
        block.Add(Signal.Summary, Headline(recording));
        block.Add(Signal.Summary, $"recording {recording.Id} at {Measure.Time(recording.StartedAt)}, took {Measure.Milliseconds(recording.DurationUs)}");
        Add(block, "route", recording.Request?.Route);
        Add(block, "request id", recording.RequestId);
        Add(block, "actor", Actor(recording.Actor));
        Add(block, "app", App(recording.App));
        Add(block, "kept because", Named.Of(recording.Trigger));
        Add(block, "trace", recording.TraceId);
        Add(block, "continues recording", recording.Parent);
        foreach ((string name, string value) in recording.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            Add(block, $"tag {VisibleText.Line(name)}", value);
        }
    }

    /// <summary><c>POST /api/orders/7/ship → 500 (failed)</c>.</summary>
    public static string Headline(Recording recording)
    {
        string what = recording.Request is { } request
            ? $"{VisibleText.Line(request.Method)} {VisibleText.Line(request.Path)}"
            : $"{recording.Kind.ToString().ToLowerInvariant()} {VisibleText.Line(recording.Endpoint?.Name)}".TrimEnd();
        string status = recording.Response is { Status: > 0 } response ? response.Status.ToString(CultureInfo.InvariantCulture) + " " : "";
        return $"{what} → {status}({Named.Of(recording.Outcome)})";
    }

    private static void Add(EvidenceBlock block, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            block.Add(name == "route" ? Signal.Summary : Signal.Context, $"{name}: {VisibleText.Line(value)}");
        }
    }

    private static string? Actor(RequestActor? actor) => actor?.Id is not { } id ? null : actor.Role is { } role ? $"{id} (role {role})" : id;

    private static string App(RecordedApp app)
        => string.Join(' ', new[] { app.Name, app.Version, app.Commit, app.Environment is { } environment ? $"in {environment}" : null, app.Host is { } host ? $"on {host}" : null }
            .Where(part => !string.IsNullOrEmpty(part)));
}
