using System.Reflection;
using FlightRecorder.CompilerServices;

namespace FlightRecorder.AspNetCore;

/// <summary>Recognises method groups under an assembly-level rule, by declaring type, name and parameter types.</summary>
internal static class MethodGroups
{
    public static HandlerPlan? Find(MethodInfo method)
    {
        foreach (GeneratedAssembly assembly in GeneratedCode.Assemblies)
        {
            foreach (HandlerPlan plan in assembly.Plans)
            {
                if (plan.Identity.Controller == method.DeclaringType && plan.Identity.Method == method.Name && Fits(plan, method))
                {
                    return plan;
                }
            }
        }

        return null;
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
}
