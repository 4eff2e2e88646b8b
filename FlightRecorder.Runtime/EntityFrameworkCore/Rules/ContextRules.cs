using FlightRecorder.CompilerServices;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The compiled hooks that hold for one type of DbContext: its own or the nearest base's, and those of entities marked themselves.</summary>
internal sealed class ContextRules
{
    private readonly Dictionary<Type, EntityHook> _hooks = [];

    public ContextRules(Type context, GeneratedAssembly[] assemblies)
    {
        foreach (EntityHook hook in assemblies.SelectMany(assembly => assembly.Entities))
        {
            Add(hook);
        }

        ContextHooks[] nearest = Nearest(context, assemblies);
        IsRecorded = nearest.Length > 0;
        foreach (EntityHook hook in nearest.SelectMany(hooks => hooks.Entities))
        {
            Add(hook);
        }
    }

    /// <summary>Whether the context itself carries [Record].</summary>
    public bool IsRecorded { get; }

    public EntityRule For(Type entity)
    {
        EntityHook? nearest = null;
        for (Type? type = entity; type is not null; type = type.BaseType)
        {
            if (_hooks.TryGetValue(type, out EntityHook? hook))
            {
                if (!hook.Recorded)
                {
                    return new EntityRule(false, null, IsExcluded: true);
                }

                nearest ??= hook;
            }
        }

        return nearest is null ? new EntityRule(IsRecorded, null) : new EntityRule(true, nearest.Map);
    }

    // [DoNotRecord] wins over every [Record], wherever it was seen.
    private void Add(EntityHook hook)
    {
        if (!_hooks.TryGetValue(hook.Entity, out EntityHook? known) || known.Recorded)
        {
            _hooks[hook.Entity] = hook;
        }
    }

    private static ContextHooks[] Nearest(Type context, GeneratedAssembly[] assemblies)
    {
        for (Type? type = context; type is not null; type = type.BaseType)
        {
            ContextHooks[] found = [.. assemblies.SelectMany(assembly => assembly.Contexts).Where(hooks => hooks.Context == type)];
            if (found.Length > 0)
            {
                return found;
            }
        }

        return [];
    }
}
