using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>All names that any <c>[Redact]</c> of the process marks: what applies where a type is unknown.</summary>
internal sealed class MarkedNames
{
    private readonly Dictionary<string, RedactMode> _modes = new(StringComparer.Ordinal);
    private readonly HashSet<RedactionMap> _seen = [];

    public MarkedNames(IEnumerable<GeneratedAssembly> assemblies)
    {
        foreach (GeneratedAssembly assembly in assemblies)
        {
            Add(assembly);
        }
    }

    /// <summary>Whether some map hides by a keyed hash.</summary>
    public string? FirstHashed { get; private set; }

    public RedactMode? Find(ReadOnlySpan<char> folded)
        => _modes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(folded, out RedactMode mode) ? mode : null;

    private void Add(GeneratedAssembly assembly)
    {
        foreach (HandlerPlan plan in assembly.Fallback is null ? assembly.Plans : [.. assembly.Plans, assembly.Fallback])
        {
            Add(plan.RequestBody);
            Add(plan.ResponseBody);
            Add(plan.Parameters);
        }

        foreach ((_, RedactionMap map) in assembly.Maps)
        {
            Add(map);
        }

        foreach (EntityHook entity in assembly.Contexts.SelectMany(context => context.Entities).Concat(assembly.Entities))
        {
            Add(entity.Map);
        }
    }

    private void Add(RedactionMap? map)
    {
        var pending = new Stack<RedactionMap?>([map]);
        while (pending.TryPop(out RedactionMap? next))
        {
            if (next is not null && _seen.Add(next))
            {
                Add(next, pending);
            }
        }
    }

    private void Add(RedactionMap map, Stack<RedactionMap?> pending)
    {
        pending.Push(map.Values);
        NoteHash(map.Whole, map.Name);
        foreach (MemberRule member in map.Members)
        {
            pending.Push(member.Nested);
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
