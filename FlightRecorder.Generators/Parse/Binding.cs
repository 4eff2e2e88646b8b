using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>Where the framework takes a handler's parameter from.</summary>
internal enum BindingSource
{
    /// <summary>A service or something of the request itself: never recorded by name.</summary>
    Special,

    /// <summary>Route, query, header or form, by name.</summary>
    Value,

    /// <summary>The members of a class, each by name.</summary>
    Members,

    /// <summary>Reads the body past the binder.</summary>
    RawBody,

    /// <summary>The body, because an attribute says so.</summary>
    Body,

    /// <summary>The body, or a service registered as a class.</summary>
    LikelyBody,
}

internal static class Binding
{
    private static readonly string[] s_services = [KnownNames.FromServices, KnownNames.FromKeyedServices];
    private static readonly string[] s_values = [KnownNames.FromQuery, KnownNames.FromRoute, KnownNames.FromHeader];
    private static readonly string[] s_naming =
    [
        KnownNames.FromQuery, KnownNames.FromRoute, KnownNames.FromForm, KnownNames.FromHeader, KnownNames.BindProperty, KnownNames.ModelBinder,
    ];

    private static readonly string[] s_rawBodies =
    [
        "Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.Http.HttpRequest", "System.IO.Stream", "System.IO.Pipelines.PipeReader",
        "Microsoft.AspNetCore.Http.IFormCollection",
    ];

    /// <summary>The names that attributes give it in the request; none where its own name holds.</summary>
    public static IEnumerable<string> Names(ISymbol bound)
        => s_naming.Select(bound.Attribute).Select(attribute => attribute?.NamedString("Name")).OfType<string>();

    public static BindingSource Of(IParameterSymbol parameter)
    {
        if (s_services.Any(parameter.Has))
        {
            return BindingSource.Special;
        }

        if (parameter.Has(KnownNames.FromBody) || parameter.Has(KnownNames.FromForm))
        {
            return IsSimple(parameter.Type) && parameter.Has(KnownNames.FromForm) ? BindingSource.Value : BindingSource.Body;
        }

        bool byValue = s_values.Any(parameter.Has);
        if (byValue || parameter.Has(KnownNames.AsParameters))
        {
            return IsSimple(parameter.Type) ? BindingSource.Value : BindingSource.Members;
        }

        return Inferred(parameter.Type);
    }

    /// <summary>Bound from one text: a framework value, an enum, or a type that parses itself.</summary>
    public static bool IsSimple(ITypeSymbol type)
    {
        ITypeSymbol element = TypeShapes.Unwrap(type);
        return TypeShapes.IsLeaf(element) || element.GetMembers("TryParse").Any(member => member.IsStatic);
    }

    /// <summary>Of parameters bound as values: not headers, which are stored by rules of their own, and not what stands for the request itself.</summary>
    public static bool HoldsText(IParameterSymbol parameter)
        => !parameter.Has(KnownNames.FromHeader)
            && TypeShapes.Unwrap(parameter.Type) is var type
            && (type.SpecialType == SpecialType.System_String || type.TypeKind == TypeKind.Enum || type.GetMembers("TryParse").Any(member => member.IsStatic));

    private static BindingSource Inferred(ITypeSymbol type)
    {
        if (s_rawBodies.Any(name => type.IsNamed(name)))
        {
            return BindingSource.RawBody;
        }

        ITypeSymbol element = TypeShapes.Unwrap(type);
        if (TypeShapes.IsOpen(element))
        {
            return BindingSource.LikelyBody;
        }

        if (IsSimple(type))
        {
            return TypeShapes.DictionaryValue(type) is null ? BindingSource.Value : BindingSource.LikelyBody;
        }

        return IsService(element) ? BindingSource.Special : BindingSource.LikelyBody;
    }

    // A class without a member to fill can't be a body; a service rarely has one.
    private static bool IsService(ITypeSymbol type)
        => type.TypeKind == TypeKind.Interface
            || (type.IsAbstract && !type.Has(KnownNames.JsonDerivedType))
            || type.DerivesFrom(KnownNames.DbContext)
            || type.GetMembers("BindAsync").Any(member => member.IsStatic)
            || (type is INamedTypeSymbol named && TypeShapes.DictionaryValue(type) is null && !TypeMembers.Of(named, MapKind.Body).Any(member => member.IsFilled));
}
