using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Emit;

/// <summary>Prints one redaction map: the field, and what it holds apart from it, because maps refer to each other.</summary>
internal static class MapEmitter
{
    public static SourceFile Emit(MapModel map, string className, MapNames maps)
    {
        SourceWriter writer = SourceWriter.ForPart(className);
        string location = map.Location is { } place ? SourceWriter.Literal(place) : "null";
        writer.Lines($$"""
            private static partial class Maps
            {
                internal static readonly RedactionMap {{map.Field}} = new({{SourceWriter.Literal(map.Name)}}, {{location}});

            """);
        Define(writer, map, maps);
        writer.Lines("}");
        return writer.ToFile($"{map.Field}.g.cs");
    }

    private static void Define(SourceWriter writer, MapModel map, MapNames maps)
    {
        string head = $"    private static void Define_{map.Field}() => {map.Field}";
        if (map.Whole is { } mode)
        {
            writer.Lines($"{head}.DefineWhole(RedactMode.{mode}){(map.Members.Count == 0 ? "" : $".Define(\n{Rules(map, maps)})")};");
        }
        else if (map.ValuesKey is { } valuesKey)
        {
            writer.Lines($"{head}.DefineValues({maps[valuesKey]});");
        }
        else
        {
            string rest = map.Rest is { } values ? $"\n        .DefineValues({Rest(values)})" : "";
            writer.Lines((map.Members.Count == 0 ? $"{head}.Define()" : $"{head}.Define(\n{Rules(map, maps)})") + rest + ";");
        }
    }

    private static string Rest(string mode)
        => mode == MapModel.UnknownKey ? "RedactionMap.Unknown" : $"new RedactionMap(\"undeclared members\", null).DefineWhole(RedactMode.{mode})";

    private static string Rules(MapModel map, MapNames maps) => string.Join(",\n", map.Members.Select(member => "        " + maps.Rule(member)));
}
