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
        writer.Lines(string.Join("\n\n", names.Lists.Select(rules => Match(rules, names)).Concat(names.Rules.Select(rule => Rule(rule, names)))));
        return writer.ToFile("FlightRecorder.Filters.g.cs");
    }

    private static string Match(EquatableArray<RuleModel> rules, FilterNames names) => $$"""
        internal static ulong {{names.Match(rules)}}(in RequestFacts request)
            => {{string.Join("\n    | ", rules.Select((rule, bit) => $"({names.Rule(rule)}(in request) ? {Bit(bit)} : 0)"))}};
        """;

    private static string Bit(int bit) => bit == 0 ? "1UL" : "1UL << " + SourceWriter.Literal(bit);

    private static string Rule(RuleModel rule, FilterNames names) => $$"""
        // {{(rule.Place is { } place ? "[Record] at " + place : "[Record] in another assembly")}}
        private static bool {{names.Rule(rule)}}(in RequestFacts request)
            => {{string.Join("\n    && ", Conditions(rule).DefaultIfEmpty("true"))}};
        """;

    // Reading the actor defers the judgement to the end of the request: nothing cheaper may come after it.
    private static IEnumerable<string> Conditions(RuleModel rule)
        => rule.Never ? ["false"] : Parts(rule).Where(part => part.Length > 0);

    private static IEnumerable<string> Parts(RuleModel rule)
    {
        yield return Methods(rule);
        yield return Path(rule);
        yield return Header(rule);
        yield return rule.SampleRate < 1 ? $"RuleConditions.Sampled(in request, {SourceWriter.Literal(rule.SampleRate)})" : "";
        yield return rule.Filter is { } filter ? $"{filter}.ShouldRecord(in request)" : "";
        yield return rule.Actors.Count > 0 ? $"request.Actor?.Id is {AnyOf(rule.Actors)}" : "";
    }

    private static string Methods(RuleModel rule)
    {
        string any = string.Join(" || ", rule.Methods.Select(method => $"RuleConditions.MethodIs(in request, {SourceWriter.Literal(method)})"));
        return rule.Methods.Count > 1 ? $"({any})" : any;
    }

    private static string Path(RuleModel rule)
        => rule.Path == PathCondition.Any ? "" : $"RuleConditions.Path{rule.Path}(in request, {SourceWriter.Literal(rule.PathPattern)})";

    private static string Header(RuleModel rule) => rule.Header is not { } header ? ""
        : rule.HeaderValues.Count == 0 ? $"RuleConditions.HasHeader(in request, {SourceWriter.Literal(header)})"
        : $"request.Header({SourceWriter.Literal(header)}) is {AnyOf(rule.HeaderValues)}";

    private static string AnyOf(EquatableArray<string> values) => string.Join(" or ", values.Select(SourceWriter.Literal));
}
