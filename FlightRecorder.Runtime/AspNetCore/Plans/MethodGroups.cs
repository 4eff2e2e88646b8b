using System.Reflection;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.AspNetCore;

/// <summary>Recognises method groups and local functions under an assembly-level rule, by declaring type and name.</summary>
internal static class MethodGroups
{
    public static HandlerPlan? Find(MethodInfo method)
    {
        Type? declaring = Source(method.DeclaringType);
        string name = Source(method.Name);
        HandlerPlan? found = null;
        foreach (GeneratedAssembly assembly in GeneratedCode.Assemblies)
        {
            foreach (HandlerPlan plan in assembly.Plans)
            {
                if (plan.Identity.File is null && plan.Identity.Controller == declaring && plan.Identity.Method == name && Fits(plan, method))
                {
                    found ??= plan;
                }
            }
        }

        return found;
    }

    // Overloads are told apart by their parameter types, which the framework reads from the same MethodInfo.
    private static bool Fits(HandlerPlan plan, MethodInfo method)
    {
        ParameterInfo[] actual = method.GetParameters();
        Type[] expected = plan.Identity.Parameters;
        if (actual.Length != expected.Length)
        {
            return false;
        }

        for (int i = 0; i < expected.Length; i++)
        {
            if (actual[i].ParameterType != expected[i])
            {
                return false;
            }
        }

        return true;
    }

    // The compiler moves local functions into closure classes such as <>c__DisplayClass0_0.
    private static Type? Source(Type? type)
    {
        while (type is not null && type.Name.StartsWith('<'))
        {
            type = type.DeclaringType;
        }

        return type;
    }

    // A local function Save of Main is compiled as <Main>g__Save|0_1.
    private static string Source(string name)
    {
        int start = name.IndexOf(">g__", StringComparison.Ordinal);
        int end = name.LastIndexOf('|');
        return start >= 0 && end > start ? name[(start + 4)..end] : name;
    }
}
