using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Emit;

/// <summary>Prints the list of maps by type, and the static constructor that defines them once all of them exist.</summary>
internal static class MapListEmitter
{
    public static SourceFile Emit(AssemblyModel assembly)
    {
        SourceWriter writer = SourceWriter.ForPart(assembly.ClassName);
        string definitions = string.Join("\n", assembly.Maps.Select(map => $"        Define_{map.Field}();"));
        string[] nameless = [.. assembly.Maps.Where(IsNameless).Select(map => map.Field)];
        string marked = nameless.Length == 0 ? "" : $"\n\n    internal static RedactionMap[] Nameless() => [{string.Join(", ", nameless)}];";
        writer.Lines($$"""
            private static partial class Maps
            {
                static Maps()
                {
            {{definitions}}
                }

                internal static global::System.Collections.Generic.KeyValuePair<global::System.Type, RedactionMap>[] All() =>{{Entries(assembly)}};{{marked}}
            }
            """);
        return writer.ToFile("FlightRecorder.Maps.g.cs");
    }

    /// <summary>Registered, but of a type that generated code can't name: private, or an open generic one.</summary>
    public static bool IsNameless(MapModel map) => map is { Registered: true, Type: null };

    private static string Entries(AssemblyModel assembly)
    {
        string[] entries =
        [
            .. assembly.Maps.Where(map => map.Registered && map.Type is not null).Select(map => $"        new(typeof({map.Type}), {map.Field}),\n"),
        ];
        return entries.Length == 0 ? " []" : $"\n    [\n{string.Concat(entries)}    ]";
    }
}
