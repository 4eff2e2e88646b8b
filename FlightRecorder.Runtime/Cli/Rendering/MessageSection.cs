using System.Text.Json;

namespace FlightRecorder.Cli;

/// <summary>A request or response: its values, headers and body.</summary>
internal static class MessageSection
{
    public static void Write(Page page, RecordedRequest request)
    {
        page.Heading("Request");
        Values(page, "route", request.Params);
        Values(page, "query", request.Query);
        Headers(page, request.Headers);
        Body(page, request.Body);
    }

    public static void Write(Page page, RecordedResponse response)
    {
        page.Heading($"Response {response.Status}");
        Headers(page, response.Headers);
        Body(page, response.Body);
    }

    private static void Values(Page page, string label, IReadOnlyDictionary<string, string[]> values)
    {
        foreach ((string name, string[] texts) in values)
        {
            page.Text($"  {label} ", Style.Faint).Line($"{name} = {string.Join(", ", texts)}");
        }
    }

    private static void Headers(Page page, IReadOnlyDictionary<string, string[]> headers)
    {
        foreach ((string name, string[] texts) in headers)
        {
            page.Text($"  {name}: ", Style.Faint).Line(string.Join(", ", texts));
        }
    }

    private static void Body(Page page, RecordedBody body)
    {
        if (body.State == BodyState.None)
        {
            page.Line("  no body", Style.Faint);
            return;
        }

        page.Text("  body ", Style.Faint)
            .Text(RecordingWords.Of(body.State), body.State == BodyState.Complete ? Style.Faint : Style.Warning)
            .Line($", {Units.Count(body.Bytes, "byte")}{(body.Type is null ? "" : ", " + body.Type)}", Style.Faint);
        if (body.Value.ValueKind != JsonValueKind.Undefined)
        {
            page.Block(body.Value.AsText() ?? RecordingJson.Readable(body.Value), indent: 4);
        }
    }
}
