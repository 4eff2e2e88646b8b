using FlightRecorder.CompilerServices;

namespace FlightRecorder;

/// <summary>All maps that the generator compiled: those of plans, bodies and rows, and the ones they refer to, each once.</summary>
internal static class RegisteredMaps
{
    public static IEnumerable<RedactionMap> Of(IEnumerable<GeneratedAssembly> assemblies)
    {
        var seen = new HashSet<RedactionMap>();
        var pending = new Stack<RedactionMap?>(assemblies.SelectMany(Roots).Reverse());
        while (pending.TryPop(out RedactionMap? map))
        {
            if (map is null || !seen.Add(map))
            {
                continue;
            }

            yield return map;
            pending.Push(map.Values);
            foreach (MemberRule member in map.Members)
            {
                pending.Push(member.Nested);
            }
        }
    }

    private static IEnumerable<RedactionMap?> Roots(GeneratedAssembly assembly)
    {
        IEnumerable<HandlerPlan> plans = assembly.Fallback is { } fallback ? assembly.Plans.Append(fallback) : assembly.Plans;
        IEnumerable<EntityHook> entities = assembly.Contexts.SelectMany(context => context.Entities).Concat(assembly.Entities);
        return plans.SelectMany(IEnumerable<RedactionMap?> (plan) => [plan.RequestBody, plan.ResponseBody, plan.Parameters])
            .Concat(assembly.Maps.Select(pair => pair.Value))
            .Concat(assembly.Nameless)
            .Concat(entities.Select(entity => entity.Map));
    }
}
