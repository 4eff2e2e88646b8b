using FlightRecorder.CompilerServices;

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

    /// <summary>DTOs and entities. Known only where the recorded app itself writes the prompt: the journal's line holds no types.</summary>
    public static IEnumerable<CodePlace> Types(Recording recording)
    {
        foreach (GeneratedAssembly assembly in GeneratedCode.Assemblies)
        {
            foreach (HandlerPlan plan in assembly.Plans.Where(plan => plan.Location == recording.Endpoint?.Location && plan.Name == recording.Endpoint.Name))
            {
                yield return Type("request body", plan.RequestBody);
                yield return Type("response body", plan.ResponseBody);
            }

            foreach (EntityHook entity in assembly.Contexts.SelectMany(context => context.Entities).Concat(assembly.Entities))
            {
                if (recording.Mutations.Any(mutation => mutation.Model == entity.Map.Name))
                {
                    yield return Type("entity", entity.Map);
                }
            }
        }
    }

    private static CodePlace Type(string what, RedactionMap? map) => new($"{what} {map?.Name}", map?.Location ?? "");
}
