using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Emit;

/// <summary>Prints the conditions of rules as straight-line code.</summary>
internal static class FilterEmitter
{
    public static SourceFile Emit(AssemblyModel assembly, FilterNames names)
    {
        SourceWriter writer = SourceWriter.ForPart(assembly.ClassName);
        writer.Lines("private static class Filters");
        writer.Open();
        foreach (EquatableArray<RuleModel> rules in names.Lists)
        {
            writer.Lines($$"""
                internal static ulong {{names.Match(rules)}}(in {{RuntimeNames.RequestFacts}} request)
                    => {{string.Join("\n    | ", rules.Select((rule, bit) => $"({names.Rule(rule)}(in request) ? 1UL << {SourceWriter.Literal(bit)} : 0)"))}};

                """);
        }

        foreach (RuleModel rule in names.Rules)
        {
            writer.Lines($$"""
                private static bool {{names.Rule(rule)}}(in {{RuntimeNames.RequestFacts}} request)
                    => {{string.Join("\n    && ", Conditions(rule).DefaultIfEmpty("true"))}};

                """);
        }

        return writer.ToFile("FlightRecorder.Filters.g.cs");
    }

    // Reading the actor defers the judgement to the end of the request: nothing cheaper may come after it.
    private static IEnumerable<string> Conditions(RuleModel rule)
        => rule.Never ? ["false"] : Parts(rule).Where(part => part.Length > 0);

    private static IEnumerable<string> Parts(RuleModel rule)
    {
        yield return Methods(rule);
        yield return Path(rule);
        yield return Header(rule);
        yield return rule.SampleRate < 1 ? $"{RuntimeNames.Conditions}Sampled(in request, {SourceWriter.Literal(rule.SampleRate)})" : "";
        yield return rule.Filter is { } filter ? $"{filter}.ShouldRecord(in request)" : "";
        yield return rule.Actors.Count > 0 ? $"request.Actor?.Id is {AnyOf(rule.Actors)}" : "";
    }

    private static string Methods(RuleModel rule)
    {
        string any = string.Join(" || ", rule.Methods.Select(method => $"{RuntimeNames.Conditions}MethodIs(in request, {SourceWriter.Literal(method)})"));
        return rule.Methods.Count > 1 ? $"({any})" : any;
    }

    private static string Path(RuleModel rule)
        => rule.Path == PathCondition.Any ? "" : $"{RuntimeNames.Conditions}Path{rule.Path}(in request, {SourceWriter.Literal(rule.PathPattern)})";

    private static string Header(RuleModel rule) => rule.Header is not { } header ? ""
        : rule.HeaderValues.Count == 0 ? $"{RuntimeNames.Conditions}HasHeader(in request, {SourceWriter.Literal(header)})"
        : $"request.Header({SourceWriter.Literal(header)}) is {AnyOf(rule.HeaderValues)}";

    private static string AnyOf(EquatableArray<string> values) => string.Join(" or ", values.Select(SourceWriter.Literal));
}
