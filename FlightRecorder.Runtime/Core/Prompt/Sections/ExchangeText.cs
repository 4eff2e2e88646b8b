namespace FlightRecorder.Prompts;

/// <summary>Bodies and name-value lists of a request or response as evidence.</summary>
internal static class ExchangeText
{
    private const int BodyHead = 4_000;

    public static void AddValues(EvidenceBlock block, Signal signal, string what, IReadOnlyDictionary<string, string[]> values)
    {
        foreach ((string name, string[] each) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            block.Add(signal, $"{what} {VisibleText.Line(name)}: {VisibleText.Line(string.Join(", ", each))}");
        }
    }

    public static void AddBody(EvidenceBlock block, Signal signal, RecordedBody body)
    {
        if (body.State == BodyState.None)
        {
            block.Add(Signal.Context, "body: none");
            return;
        }

        string type = string.IsNullOrEmpty(body.Type) ? "" : $"{VisibleText.Line(body.Type)}, ";
        block.Add(signal, $"body: {type}{Measure.Count(body.Bytes, "byte")}, {Named.Of(body.State)}");
        if (JsonText.IsPresent(body.Value))
        {
            block.AddLong(signal, VisibleText.Lines(Text(body)), BodyHead);
        }
    }

    private static string Text(RecordedBody body)
        => body.Kind == BodyKind.Text ? JsonText.Scalar(body.Value) : JsonText.Indented(body.Value);
}
