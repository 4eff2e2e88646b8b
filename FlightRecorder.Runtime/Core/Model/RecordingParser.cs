using System.Text.Json;

namespace FlightRecorder;

/// <summary>Reads a whole recording from its line. Lenient: unknown members and words are ignored, absent ones have their defaults.</summary>
internal static class RecordingParser
{
    /// <summary>The recording, or null when the line is not one this version reads. The line is copied.</summary>
    public static Recording? TryRead(ReadOnlySpan<byte> line)
    {
        if (SummaryParser.TryRead(line, out _) != LineContent.Recording)
        {
            return null;
        }

        byte[] copy = line.ToArray();
        try
        {
            // Not disposed: the recording hands out elements of the document for as long as it lives.
            JsonDocument document = JsonDocument.Parse(copy, new JsonDocumentOptions { MaxDepth = SummaryParser.MaxDepth });
            return Read(document.RootElement) with { Line = copy };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Recording Read(JsonElement root) => new()
    {
        Id = Guid.TryParseExact(root.Text("id"), "D", out Guid id) ? id : Guid.Empty,
        Run = root.Text("run") ?? "",
        Sequence = root.Number("seq") ?? 0,
        Kind = RecordingWords.Kind(root.Text("kind")),
        StartedAt = root.Time("ts"),
        DurationUs = root.Number("durationUs") ?? 0,
        Outcome = RecordingWords.Outcome(root.Text("outcome")),
        Trigger = root.Items("trigger", word => RecordingWords.Trigger(word.AsText())).Aggregate(Triggers.None, (all, one) => all | one),
        App = App(root.Field("app")),
        Tags = root.Texts("tags"),
        TraceId = root.Text("traceId"),
        SpanId = root.Text("spanId"),
        ParentSpanId = root.Text("parentSpanId"),
        Parent = root.Text("parent"),
        RequestId = root.Text("requestId"),
        Actor = Optional(root.Field("actor"), Actor),
        Endpoint = Optional(root.Field("endpoint"), Endpoint),
        Sources = root.Items("sources", source => new RecordedSource(source.Text("kind") ?? "", source.Text("name") ?? "", source.Text("location") ?? "")),
        Request = Optional(root.Field("request"), Request),
        Response = Optional(root.Field("response"), Response),
        Timeline = root.Items("timeline", Entry),
        Mutations = root.Items("mutations", Mutation),
        Errors = root.Items("errors", Error),
        Gaps = root.Items("gaps", gap => new RecordedGap(gap.Text("what") ?? "", gap.Text("why") ?? "")),
        Prompt = root.Text("prompt"),
    };

    private static T? Optional<T>(JsonElement value, Func<JsonElement, T> read)
        where T : class
        => value.ValueKind == JsonValueKind.Object ? read(value) : null;

    private static RecordedApp App(JsonElement app) => new()
    {
        Name = app.Text("name"),
        Version = app.Text("version"),
        Commit = app.Text("commit"),
        Environment = app.Text("environment"),
        Host = app.Text("host"),
        Pid = app.Int("pid"),
    };

    private static RequestActor Actor(JsonElement actor) => new(actor.Text("id"), actor.Text("role"))
    {
        Email = actor.Text("email"),
        Extra = actor.Field("extra").ValueKind == JsonValueKind.Object ? actor.Texts("extra") : null,
    };

    private static RecordedEndpoint Endpoint(JsonElement endpoint) => new()
    {
        Name = endpoint.Text("name") ?? "",
        Location = endpoint.Text("location"),
    };

    private static RecordedRequest Request(JsonElement request) => new()
    {
        Method = request.Text("method") ?? "",
        Path = request.Text("path") ?? "",
        Route = request.Text("route"),
        Query = request.Multi("query"),
        Params = request.Multi("params"),
        Headers = request.Multi("headers"),
        Body = Body(request),
    };

    private static RecordedResponse Response(JsonElement response) => new()
    {
        Status = response.Int("status"),
        Headers = response.Multi("headers"),
        Body = Body(response),
    };

    private static RecordedBody Body(JsonElement message) => new()
    {
        Value = message.Field("body"),
        Kind = RecordingWords.BodyKind(message.Text("bodyKind")),
        Type = message.Text("bodyType"),
        State = RecordingWords.BodyState(message.Text("bodyState")),
        Bytes = message.Number("bodyBytes") ?? 0,
    };

    private static RecordedEntry Entry(JsonElement entry) => new()
    {
        AtUs = entry.Number("atUs") ?? 0,
        Type = entry.Text("type") ?? "",
        Detail = entry.Text("detail"),
        Sql = entry.Text("sql"),
        Parameters = entry.Field("parameters"),
        Data = entry.Field("data"),
        Location = entry.Text("location"),
        Status = entry.Number("status") is null ? null : entry.Int("status"),
        DurationUs = entry.Number("durationUs"),
        Rows = entry.Number("rows"),
        Error = entry.Text("error"),
    };

    private static RecordedMutation Mutation(JsonElement mutation) => new()
    {
        AtUs = mutation.Number("atUs") ?? 0,
        Source = mutation.Text("source") ?? "",
        Model = mutation.Text("model"),
        Table = mutation.Text("table"),
        Operation = mutation.Text("operation") ?? "",
        Key = mutation.Field("key"),
        Where = mutation.Text("where") ?? (mutation.Field("where").ValueKind == JsonValueKind.Object ? mutation.Field("where").GetRawText() : null),
        Sql = mutation.Text("sql"),
        Parameters = mutation.Field("parameters"),
        Before = mutation.Field("before"),
        After = mutation.Field("after"),
        Changed = mutation.Items("changed", name => name.AsText() ?? ""),
        Rows = mutation.Number("rows"),
        Outcome = RecordingWords.MutationOutcome(mutation.Text("outcome")),
        Transaction = mutation.Text("transaction"),
        Attempt = mutation.Int("attempt", 1),
        Location = mutation.Text("location"),
    };

    private static RecordedError Error(JsonElement error) => new()
    {
        AtUs = error.Number("atUs") ?? 0,
        Type = error.Text("type") ?? "",
        Message = error.Text("message") ?? "",
        Stack = error.Text("stack"),
        Inner = error.Items("inner", Error),
        Handled = error.Flag("handled"),
        Location = error.Text("location"),
    };
}
