using FlightRecorder.Prompts;

namespace FlightRecorder;

/// <summary>Writes the debugging prompt of a recording: what a person or a coding agent with the repository at hand needs to find the cause.</summary>
/// <remarks>
/// Everything recorded stands in fences with a random tag, marked as untrusted, with invisible characters shown and links inert;
/// outside them there is nothing but our own words. Apart from the tag the same recording gives the same prompt.
/// </remarks>
public static class PromptWriter
{
    /// <summary>Writes the prompt as Markdown, never longer than <see cref="PromptOptions.MaxChars"/>.</summary>
    /// <param name="recording">What happened, already redacted.</param>
    /// <param name="options">The budget, and recordings that may explain this one. Default: 24 000 characters, none.</param>
    /// <exception cref="ArgumentNullException">There is no recording.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="PromptOptions.MaxChars"/> is not 2 000 to 1 000 000.</exception>
    public static string Write(Recording recording, PromptOptions? options = null)
        => Write(recording, options, EvidenceFence.Random());

    internal static string Write(Recording recording, PromptOptions? options, EvidenceFence fence)
    {
        ArgumentNullException.ThrowIfNull(recording);
        options ??= new PromptOptions();
        if (options.MaxChars is < PromptOptions.LeastChars or > PromptOptions.MostChars)
        {
            throw new ArgumentOutOfRangeException(nameof(PromptOptions.MaxChars), options.MaxChars, "MaxChars must be 2 000 to 1 000 000.");
        }

        PromptPage page = Compose(new PromptCase(recording, RelatedRows.Find(recording, options.Related)), fence);
        return PromptRenderer.Render(page, PromptBudget.Of(page, options.MaxChars));
    }

    private static PromptPage Compose(PromptCase @case, EvidenceFence fence)
    {
        var page = new PromptPage(fence);
        GoalSection.Write(page);
        SummarySection.Write(page, @case);
        ReadingSection.Write(page, @case);
        RequestSection.Write(page, @case);
        ResponseSection.Write(page, @case);
        ErrorSection.Write(page, @case);
        TimelineSection.Write(page, @case);
        MutationSection.Write(page, @case);
        GapSection.Write(page, @case);
        InvestigateSection.Write(page, @case);
        TaskSection.Write(page);
        return page;
    }
}
