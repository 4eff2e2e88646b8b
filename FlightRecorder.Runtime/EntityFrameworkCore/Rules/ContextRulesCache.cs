using System.Collections.Concurrent;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.EntityFrameworkCore;

/// <summary>The rules by type of context; made anew when an assembly with generated code was loaded since.</summary>
internal sealed class ContextRulesCache(GeneratedAssembly[] assemblies)
{
    private static ContextRulesCache s_current = new([]);

    private readonly ConcurrentDictionary<Type, ContextRules> _rules = new();

    public static ContextRules For(Type context)
    {
        GeneratedAssembly[] registered = GeneratedCode.Assemblies;
        ContextRulesCache current = Volatile.Read(ref s_current);
        if (!ReferenceEquals(current._assemblies, registered))
        {
            Volatile.Write(ref s_current, current = new ContextRulesCache(registered));
        }

        return current._rules.GetOrAdd(context, static (type, known) => new ContextRules(type, known), registered);
    }

    private readonly GeneratedAssembly[] _assemblies = assemblies;
}
