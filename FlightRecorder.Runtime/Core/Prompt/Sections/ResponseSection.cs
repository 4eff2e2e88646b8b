using System.Globalization;

namespace FlightRecorder.Prompts;

/// <summary>What the client got.</summary>
internal static class ResponseSection
{
    public static void Write(PromptPage page, PromptCase @case)
    {
        page.Heading("Response");
        EvidenceBlock block = page.Block("response", "None was recorded.\n");
        if (@case.Recording.Response is not { } response)
        {
            return;
        }

        block.Add(Signal.Response, string.Create(CultureInfo.InvariantCulture, $"status {response.Status}"));
        ExchangeText.AddBody(block, Signal.Response, response.Body);
        ExchangeText.AddValues(block, Signal.Context, "header", response.Headers);
    }
}
