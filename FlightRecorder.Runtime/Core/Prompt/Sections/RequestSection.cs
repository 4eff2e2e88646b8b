namespace FlightRecorder.Prompts;

/// <summary>What the client sent.</summary>
internal static class RequestSection
{
    public static void Write(PromptPage page, PromptCase @case)
    {
        page.Heading("Request");
        EvidenceBlock block = page.Block("request", "None: this was no HTTP request.\n");
        if (@case.Recording.Request is not { } request)
        {
            return;
        }

        block.Add(Signal.Request, $"{VisibleText.Line(request.Method)} {VisibleText.Line(request.Path)}");
        ExchangeText.AddValues(block, Signal.Request, "route value", request.Params);
        ExchangeText.AddValues(block, Signal.Request, "query", request.Query);
        ExchangeText.AddBody(block, Signal.Request, request.Body);
        ExchangeText.AddValues(block, Signal.Context, "header", request.Headers);
    }
}
