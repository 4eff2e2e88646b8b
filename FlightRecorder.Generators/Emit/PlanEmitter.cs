using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Emit;

/// <summary>Prints the plans of handlers.</summary>
internal static class PlanEmitter
{
    public static SourceFile Emit(AssemblyModel assembly, FilterNames filters, MapNames maps)
    {
        SourceWriter writer = SourceWriter.ForPart(assembly.ClassName);
        writer.Lines("private static class Plans");
        writer.Open();
        if (assembly.Plans.Count > 0)
        {
            writer.Lines($$"""
                internal static HandlerPlan[] All() =>
                [
                {{string.Join("\n", assembly.Plans.Select(plan => Indent(Plan(plan, filters, maps)) + ","))}}
                ];
                """);
        }

        if (assembly.Fallback is { } fallback)
        {
            writer.Lines((assembly.Plans.Count > 0 ? "\n" : "") + $"internal static HandlerPlan Fallback() => {Plan(fallback, filters, maps)};");
        }

        return writer.ToFile("FlightRecorder.Plans.g.cs");
    }

    private static string Plan(PlanModel plan, FilterNames filters, MapNames maps)
    {
        string[] optional =
        [
            Body("RequestBody", plan.Request, maps), Body("ResponseBody", plan.Response, maps), Parameters(plan, maps),
            plan.Headers.Count == 0 ? "" : $"Headers = [{string.Join(", ", plan.Headers.Select(SourceWriter.Literal))}],",
            plan.Save is { } save ? $"Save = new(typeof({save.Context}), {SourceWriter.Literal(save.Location)})," : "",
        ];
        string[] lines =
        [
            $"Name = {SourceWriter.Literal(plan.Name)},",
            $"Location = {SourceWriter.Literal(plan.Location)},",
            $"Identity = HandlerIdentity.{Identity(plan.Identity)},",
            $"Rules = [{string.Join(", ", plan.Rules.Select(Rule))}],",
            $"Match = Filters.{filters.Match(plan.Rules)},",
            .. optional.Where(line => line.Length > 0),
        ];
        return $$"""
            new()
            {
            {{string.Join("\n", lines.Select(Indent))}}
            }
            """;
    }

    private static string Identity(IdentityModel identity) => identity.Kind switch
    {
        IdentityKind.Action or IdentityKind.MethodGroup => $"{identity.Kind}({string.Join(", ", [$"typeof({identity.Type})", SourceWriter.Literal(identity.Method!), .. identity.ParameterTypes.Select(type => $"typeof({type})")])})",
        _ => $"Delegate({SourceWriter.Literal(identity.File ?? "")}, {SourceWriter.Literal(identity.Line)})",
    };

    private static string Rule(RuleModel rule)
    {
        string keep = rule.Keep.Count == 0 ? "KeepWhen.Always" : string.Join(" | ", rule.Keep.Select(flag => "KeepWhen." + flag));
        return $"new() {{ Keep = {keep}, SlowMilliseconds = {SourceWriter.Literal(rule.SlowMilliseconds)}, Bodies = Bodies.{rule.Bodies}{(rule.Header is null ? "" : ", ByHeader = true")} }}";
    }

    private static string Body(string property, BodyModel body, MapNames maps)
        => body.Whole is { } mode ? $"{property} = new RedactionMap(\"body\", null).DefineWhole(RedactMode.{mode}),"
            : body.MapKey is { } key ? $"{property} = {maps[key]},"
            : "";

    private static string Parameters(PlanModel plan, MapNames maps)
        => plan.Parameters.Count == 0
            ? ""
            : $"Parameters = new RedactionMap({SourceWriter.Literal(plan.Name)}, null).Define({string.Join(", ", plan.Parameters.Select(maps.Rule))}),";

    private static string Indent(string lines) => "    " + lines.Replace("\n", "\n    ");
}
