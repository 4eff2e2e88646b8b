using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Emit;

/// <summary>Prints the hooks of recorded DbContexts and entities.</summary>
internal static class ContextEmitter
{
    public static SourceFile Emit(AssemblyModel assembly, MapNames maps)
    {
        SourceWriter writer = SourceWriter.ForPart(assembly.ClassName);
        writer.Lines("private static class Contexts");
        writer.Open();
        if (assembly.Contexts.Count > 0)
        {
            writer.Lines($$"""
                internal static ContextHooks[] All() =>
                [
                {{string.Join("\n", assembly.Contexts.Select(context => Context(context, maps)))}}
                ];
                """);
        }

        if (assembly.Entities.Count > 0)
        {
            writer.Lines((assembly.Contexts.Count > 0 ? "\n" : "") + $$"""
                internal static EntityHook[] Entities() =>
                [
                {{string.Join("\n", assembly.Entities.Select(entity => Entity(entity, maps, "    ")))}}
                ];
                """);
        }

        return writer.ToFile("FlightRecorder.Contexts.g.cs");
    }

    private static string Context(ContextModel context, MapNames maps)
    {
        string entities = context.Entities.Count == 0
            ? " []"
            : $"\n        [\n{string.Join("\n", context.Entities.Select(entity => Entity(entity, maps, "            ")))}\n        ]";
        return $$"""
                new()
                {
                    Context = typeof({{context.Type}}),
                    Location = {{SourceWriter.Literal(context.Location)}},
                    Entities ={{entities}},
                },
            """;
    }

    private static string Entity(EntityModel entity, MapNames maps, string indent)
        => $"{indent}new() {{ Entity = typeof({entity.Type}), Recorded = {(entity.Recorded ? "true" : "false")}, Map = {maps[entity.MapKey]} }},";
}
