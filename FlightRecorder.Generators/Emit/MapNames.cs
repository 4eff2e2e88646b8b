using FlightRecorder.Generators.Model;

namespace FlightRecorder.Generators.Emit;

/// <summary>How generated code refers to a map.</summary>
internal sealed class MapNames(EquatableArray<MapModel> maps)
{
    private readonly Dictionary<string, string> _fields = maps.ToDictionary(map => map.Key, map => map.Field, StringComparer.Ordinal);

    public string this[string key] => key == MapModel.UnknownKey ? "RedactionMap.Unknown" : "Maps." + _fields[key];

    /// <summary>The call that makes a member's rule.</summary>
    public string Rule(MemberModel member)
    {
        string name = SourceWriter.Literal(member.Name);
        return member.Mode is { } mode ? $"MemberRule.Hidden({name}, RedactMode.{mode})"
            : member.Revealed ? $"MemberRule.Shown({name}{(member.NestedKey is { } key ? ", " + this[key] : "")})"
            : member.NestedKey is { } nested ? $"MemberRule.Of({name}, {this[nested]})"
            : $"MemberRule.Known({name})";
    }
}
