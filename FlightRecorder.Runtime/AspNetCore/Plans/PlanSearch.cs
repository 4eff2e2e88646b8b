using System.Reflection;
using FlightRecorder.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace FlightRecorder.AspNetCore;

/// <summary>Finds the compiled plan of a handler by what the framework's metadata tells of it: types, names and the places of its rules.</summary>
internal static class PlanSearch
{
    public static HandlerPlan? Find(EndpointMetadataCollection metadata, IReadOnlyList<RecordAttribute> attributes)
    {
        if (metadata.GetMetadata<ControllerActionDescriptor>() is { } action)
        {
            LoadedModules.EnsureInitialized(action.ControllerTypeInfo.Module);
            return OfAction(action) ?? (attributes.Count == 0 ? Fallback(action.ControllerTypeInfo.Module) : null);
        }

        if (metadata.GetMetadata<MethodInfo>() is { } method)
        {
            LoadedModules.EnsureInitialized(method.Module);
            return OfRule(method.Module, attributes) ?? MethodGroups.Find(method) ?? (attributes.Count == 0 ? Fallback(method.Module) : null);
        }

        return OnlyOne(attributes);
    }

    // An inherited action is compiled for each controller the generator sees; for one it does not see the base class's plan is the nearest.
    private static HandlerPlan? OfAction(ControllerActionDescriptor action)
    {
        for (Type? type = action.ControllerTypeInfo; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (GeneratedAssembly assembly in GeneratedCode.Assemblies)
            {
                foreach (HandlerPlan plan in assembly.Plans)
                {
                    if (plan.Identity.Controller == type && plan.Identity.Method == action.MethodInfo.Name && HasParameters(action, plan.Identity.Parameters))
                    {
                        return plan;
                    }
                }
            }
        }

        return null;
    }

    // ControllerActionDescriptor.Parameters are in the method's order.
    private static bool HasParameters(ControllerActionDescriptor action, Type[] parameters)
    {
        IList<ParameterDescriptor> actual = action.Parameters;
        if (actual.Count != parameters.Length)
        {
            return false;
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            if (actual[i].ParameterType != parameters[i])
            {
                return false;
            }
        }

        return true;
    }

    private static HandlerPlan? OfRule(Module module, IReadOnlyList<RecordAttribute> attributes)
    {
        foreach (GeneratedAssembly assembly in GeneratedCode.Assemblies)
        {
            if (assembly.Anchor.Module == module && OfRule(assembly, attributes) is { } plan)
            {
                return plan;
            }
        }

        return null;
    }

    private static HandlerPlan? OfRule(GeneratedAssembly assembly, IReadOnlyList<RecordAttribute> attributes)
    {
        foreach (HandlerPlan plan in assembly.Plans)
        {
            foreach (RecordAttribute attribute in attributes)
            {
                if (plan.Identity.File == attribute.File && plan.Identity.Line == attribute.Line)
                {
                    return plan;
                }
            }
        }

        return null;
    }

    // A RequestDelegate leaves no MethodInfo: its rule's place must then be unique among all assemblies.
    private static HandlerPlan? OnlyOne(IReadOnlyList<RecordAttribute> attributes)
    {
        HandlerPlan? found = null;
        foreach (GeneratedAssembly assembly in GeneratedCode.Assemblies)
        {
            if (OfRule(assembly, attributes) is { } plan)
            {
                if (found is not null)
                {
                    return null;
                }

                found = plan;
            }
        }

        return found;
    }

    private static HandlerPlan? Fallback(Module module)
    {
        foreach (GeneratedAssembly assembly in GeneratedCode.Assemblies)
        {
            if (assembly.Fallback is { } plan && assembly.Anchor.Module == module)
            {
                return plan;
            }
        }

        return null;
    }
}
