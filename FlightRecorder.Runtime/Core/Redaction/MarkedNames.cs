using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>All names that any <c>[Redact]</c> of the process marks: what applies where a type is unknown.</summary>
internal sealed class MarkedNames
{
    private readonly Dictionary<string, RedactMode> _modes = new(StringComparer.Ordinal);

    public MarkedNames(IEnumerable<GeneratedAssembly> assemblies)
    {
        foreach (RedactionMap map in RegisteredMaps.Of(assemblies))
        {
            Add(map);
        }
    }

    /// <summary>Whether some map hides by a keyed hash.</summary>
    public string? FirstHashed { get; private set; }

    public RedactMode? Find(ReadOnlySpan<char> folded)
        => _modes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(folded, out RedactMode mode) ? mode : null;

    private void Add(RedactionMap map)
    {
        NoteHash(map.Whole, map.Name);
        foreach (MemberRule member in map.Members)
        {
            if ((member.Mode ?? member.Nested?.Whole) is { } mode)
            {
                NoteHash(mode, map.Name + "." + member.Name);
                Add(NameFold.Of(member.Name), mode);
            }
        }
    }

    // Two types that hide one name differently: the plain mask is the answer that shows least.
    private void Add(string name, RedactMode mode)
        => _modes[name] = _modes.TryGetValue(name, out RedactMode other) && other != mode ? RedactMode.Mask : mode;

    private void NoteHash(RedactMode? mode, string where) => FirstHashed ??= mode is RedactMode.Hash ? where : null;
}
