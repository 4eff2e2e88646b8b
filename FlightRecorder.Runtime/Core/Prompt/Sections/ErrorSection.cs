namespace FlightRecorder.Prompts;

/// <summary>The exceptions: type, message and place tell most, the stack less.</summary>
internal static class ErrorSection
{
    private const int MessageHead = 1_200;
    private const int StackHead = 1_600;
    private const int MaxInner = 8;

    public static void Write(PromptPage page, PromptCase @case)
    {
        page.Heading("Errors");
        EvidenceBlock block = page.Block("errors", "No exception was seen.\n");
        for (int i = 0; i < @case.Recording.Errors.Count; i++)
        {
            RecordedError error = @case.Recording.Errors[i];
            string label = Measure.Label('E', i);
            AddHeadline(block, error, $"{label} {(error.Handled ? "handled" : "unhandled")} at +{Measure.Milliseconds(error.AtUs)}");
            AddInner(block, error.Inner, label);
            if (!string.IsNullOrWhiteSpace(error.Stack))
            {
                block.AddLong(Signal.Stack, $"{label} stack:\n{VisibleText.Lines(StackFrames.Condense(error.Stack))}", StackHead);
            }
        }
    }

    private static void AddInner(EvidenceBlock block, IReadOnlyList<RecordedError> inner, string label)
    {
        int depth = 0;
        while (inner.Count > 0 && depth++ < MaxInner)
        {
            foreach (RecordedError error in inner)
            {
                AddHeadline(block, error, $"{label} caused by");
            }

            inner = [.. inner.SelectMany(error => error.Inner)];
        }
    }

    private static void AddHeadline(EvidenceBlock block, RecordedError error, string label)
    {
        string place = error.Location is { } location ? $" at {VisibleText.Line(location)}" : "";
        block.AddLong(Signal.Exception, $"{label}: {VisibleText.Line(error.Type)}{place}\n{VisibleText.Lines(error.Message)}", MessageHead);
    }
}
