using FlightRecorder.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FlightRecorder.AspNetCore;

/// <summary>The redaction maps of bodies whose type the compiler did not see but the endpoint's metadata tells; null fails closed.</summary>
internal static class BodyMaps
{
    public static RedactionMap? Known(RedactionMap? map) => ReferenceEquals(map, RedactionMap.Unknown) ? null : map;

    public static RedactionMap? OfRequest(EndpointMetadataCollection metadata)
    {
        if (metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } accepted)
        {
            return Registered(accepted);
        }

        IList<ParameterDescriptor> parameters = metadata.GetMetadata<ControllerActionDescriptor>()?.Parameters ?? [];
        foreach (ParameterDescriptor parameter in parameters)
        {
            if (parameter.BindingInfo?.BindingSource == BindingSource.Body)
            {
                return Registered(parameter.ParameterType);
            }
        }

        return null;
    }

    /// <summary>The map of the one type that the endpoint says it produces; null when it names none or several.</summary>
    public static RedactionMap? OfResponse(EndpointMetadataCollection metadata)
    {
        Type? only = null;
        foreach (IProducesResponseTypeMetadata produces in metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>())
        {
            if (produces.Type is not { } type || type == typeof(void))
            {
                continue;
            }

            if (only is not null && only != type)
            {
                return null;
            }

            only = type;
        }

        return only is null ? null : Registered(only);
    }

    // Arrays are transparent to maps, so a list has the map of its elements.
    private static RedactionMap? Registered(Type type) => MapOf(type) ?? (ElementOf(type) is { } element ? MapOf(element) : null);

    private static RedactionMap? MapOf(Type type)
    {
        foreach (GeneratedAssembly assembly in GeneratedCode.Assemblies)
        {
            foreach ((Type known, RedactionMap map) in assembly.Maps)
            {
                if (known == type)
                {
                    return map;
                }
            }
        }

        return null;
    }

    private static Type? ElementOf(Type type)
    {
        if (type.IsArray)
        {
            return type.GetElementType();
        }

        Type? generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        bool isList = generic == typeof(List<>) || generic == typeof(IEnumerable<>) || generic == typeof(IReadOnlyList<>)
            || generic == typeof(IList<>) || generic == typeof(ICollection<>) || generic == typeof(IReadOnlyCollection<>) || generic == typeof(IAsyncEnumerable<>);
        return isList ? type.GenericTypeArguments[0] : null;
    }
}
