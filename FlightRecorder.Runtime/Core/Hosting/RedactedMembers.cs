using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>How many members <c>[Redact]</c> hides, and in how many types; a handler with marked parameters counts as a type. A type recorded as body and as row counts once.</summary>
internal sealed class RedactedMembers
{
    private readonly HashSet<(string Type, string? Location, string Member)> _members = [];
    private readonly HashSet<(string Type, string? Location)> _types = [];

    public RedactedMembers(IEnumerable<GeneratedAssembly> assemblies)
    {
        foreach (RedactionMap map in RegisteredMaps.Of(assemblies))
        {
            Add(map);
        }
    }

    public int Count => _members.Count;

    public int Types => _types.Count;

    private void Add(RedactionMap map)
    {
        if (map.Whole is not null)
        {
            Add(map, "");
            return;
        }

        foreach (MemberRule member in map.Members)
        {
            if ((member.Mode ?? member.Nested?.Whole) is not null)
            {
                Add(map, NameFold.Of(member.Name));
            }
        }
    }

    private void Add(RedactionMap map, string member)
    {
        _types.Add((map.Name, map.Location));
        _members.Add((map.Name, map.Location, member));
    }
}
