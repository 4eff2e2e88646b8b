using FlightRecorder.Prompts;

namespace FlightRecorder.Cli;

/// <summary>A recording as a page to read: what happened, what went in and out, what went wrong, step by step, what changed.</summary>
internal static class RecordingPage
{
    public static void Write(Page page, Recording recording)
    {
        SummarySection.Write(page, recording);
        if (recording.Request is { } request)
        {
            MessageSection.Write(page, request);
        }

        if (recording.Response is { } response)
        {
            MessageSection.Write(page, response);
        }

        ErrorSection.Write(page, recording.Errors);
        TimelineSection.Write(page, recording);
        MutationSection.Write(page, recording.Mutations, new StatementSteps(recording.Timeline));
        WriteGaps(page, recording.Gaps);
    }

    private static void WriteGaps(Page page, IReadOnlyList<RecordedGap> gaps)
    {
        if (gaps.Count == 0)
        {
            return;
        }

        page.Heading("Gaps");
        foreach (RecordedGap gap in gaps)
        {
            page.Text("  ").Text(gap.What, Style.Warning).Line($": {gap.Why}");
        }
    }
}
