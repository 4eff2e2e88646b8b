using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Emit;

/// <summary>Prints the list of maps by type, and the static constructor that defines them once all of them exist.</summary>
internal static class MapListEmitter
{
    public static SourceFile Emit(AssemblyModel assembly)
    {
        SourceWriter writer = SourceWriter.ForPart(assembly.ClassName);
        string definitions = string.Join("\n", assembly.Maps.Select(map => $"        Define_{map.Field}();"));
        string entries = string.Join("\n", assembly.Maps
            .Where(map => map.Registered && map.Type is not null)
            .Select(map => $"        new(typeof({map.Type}), {map.Field}),"));
        writer.Lines($$"""
            private static partial class Maps
            {
                static Maps()
                {
            {{definitions}}
                }

                internal static global::System.Collections.Generic.KeyValuePair<global::System.Type, {{RuntimeNames.RedactionMap}}>[] All() =>
                [
            {{entries}}
                ];
            }
            """);
        return writer.ToFile("FlightRecorder.Maps.g.cs");
    }
}
