namespace FlightRecorder.Prompts;

/// <summary>The places in the source that a recording speaks of: handler, errors, mutations, queries; and the types it is about.</summary>
internal static class CodePlaces
{
    private const int MaxFrames = 3;

    public static IEnumerable<CodePlace> Of(Recording recording)
        => Handler(recording)
            .Concat(Errors(recording))
            .Concat(Mutations(recording))
            .Concat(Statements(recording))
            .Where(place => !string.IsNullOrWhiteSpace(place.Location));

    private static IEnumerable<CodePlace> Handler(Recording recording)
        => recording.Endpoint is { Location: { } location } endpoint ? [new CodePlace($"handler {endpoint.Name}", location)] : [];

    private static IEnumerable<CodePlace> Errors(Recording recording) => recording.Errors.SelectMany((error, index) =>
    {
        string label = Measure.Label('E', index);
        IEnumerable<CodePlace> thrown = error.Location is { } location ? [new CodePlace($"{label} thrown", location)] : [];
        return thrown.Concat(StackFrames.WithSource(error.Stack).Where(frame => frame != error.Location).Take(MaxFrames).Select(frame => new CodePlace($"{label} passes", frame)));
    });

    private static IEnumerable<CodePlace> Mutations(Recording recording) => recording.Mutations
        .Select((mutation, index) => new CodePlace($"{Measure.Label('M', index)} {mutation.Operation} {mutation.Table ?? mutation.Model}", mutation.Location ?? ""));

    private static IEnumerable<CodePlace> Statements(Recording recording) => recording.Timeline
        .Select((entry, index) => new CodePlace($"{Measure.Label('T', index)} {entry.Type}", entry.Location ?? ""));

    /// <summary>The DTOs and entities it is about.</summary>
    public static IEnumerable<CodePlace> Types(Recording recording) => recording.Sources.Select(source => new CodePlace(source.Kind switch
    {
        "request" => "request body " + source.Name,
        "response" => "response body " + source.Name,
        _ => source.Kind + " " + source.Name,
    }, source.Location));
}
