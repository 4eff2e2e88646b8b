using FlightRecorder.Prompts;

namespace FlightRecorder.Cli;

/// <summary>The exceptions of a recording, with what is inside them.</summary>
internal static class ErrorSection
{
    // A bound for hostile journals.
    private const int MaxDepth = 10;

    public static void Write(Page page, IReadOnlyList<RecordedError> errors)
    {
        if (errors.Count == 0)
        {
            return;
        }

        page.Heading("Errors");
        foreach (RecordedError error in errors)
        {
            page.Text("  ").Text(Units.Moment(error.AtUs), Style.Faint).Text("  ");
            Write(page, error, depth: 0);
        }
    }

    private static void Write(Page page, RecordedError error, int depth)
    {
        int indent = depth == 0 ? 4 : 6;
        page.Text(error.Type, Style.Bad).Text(error.Handled ? " (handled)" : "").Line(error.Location is { } location ? $"  {location}" : "", Style.Faint);
        if (error.Message.Length > 0)
        {
            page.Block(error.Message, indent);
        }

        if (error.Stack is { } stack)
        {
            page.Block(StackFrames.Condense(stack), indent, Style.Faint);
        }

        foreach (RecordedError inner in depth < MaxDepth ? error.Inner : [])
        {
            page.Text("    caused by ");
            Write(page, inner, depth + 1);
        }
    }
}
