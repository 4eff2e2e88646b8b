using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Emit;

/// <summary>How generated code refers to a map.</summary>
internal sealed class MapNames(EquatableArray<MapModel> maps)
{
    private readonly Dictionary<string, string> _fields = maps.ToDictionary(map => map.Key, map => map.Field, StringComparer.Ordinal);

    public string this[string key] => key == MapModel.UnknownKey ? RuntimeNames.RedactionMap + ".Unknown" : "Maps." + _fields[key];

    /// <summary>The call that makes a member's rule.</summary>
    public string Rule(MemberModel member)
    {
        string name = SourceWriter.Literal(member.Name);
        string rule = RuntimeNames.MemberRule;
        return member.Mode is { } mode ? $"{rule}.Hidden({name}, {RuntimeNames.RedactMode}{mode})"
            : member.Revealed ? $"{rule}.Shown({name}{(member.NestedKey is { } key ? ", " + this[key] : "")})"
            : $"{rule}.Of({name}, {this[member.NestedKey ?? MapModel.UnknownKey]})";
    }
}
