namespace FlightRecorder;

/// <summary>Turns a recording into a debugging prompt.</summary>
public static class PromptWriter
{
    /// <summary>The prompt as Markdown, at most <see cref="PromptOptions.MaxChars"/> characters.</summary>
    public static string Write(Recording recording, PromptOptions? options = null)
        => $"# {recording.Request?.Method} {recording.Request?.Path}\n{options?.Related.Count ?? 0} related\n";
}
