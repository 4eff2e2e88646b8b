using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>Questions about symbols, asked by full name.</summary>
internal static class Symbols
{
    public static bool IsNamed(this ISymbol? type, string fullName)
    {
        if (type is null)
        {
            return false;
        }

        int dot = fullName.LastIndexOf('.');
        return fullName.Length - dot - 1 == type.Name.Length
            && fullName.EndsWith(type.Name, StringComparison.Ordinal)
            && IsNamespace(type.ContainingNamespace, fullName.Substring(0, Math.Max(dot, 0)));
    }

    public static AttributeData? Attribute(this ISymbol symbol, string fullName) => symbol.Attributes(fullName).FirstOrDefault();

    public static IEnumerable<AttributeData> Attributes(this ISymbol symbol, string fullName)
        => symbol.GetAttributes().Where(attribute => attribute.AttributeClass.IsNamed(fullName));

    public static bool Has(this ISymbol symbol, string attribute) => symbol.Attribute(attribute) is not null;

    /// <summary>The type and its bases, nearest first.</summary>
    public static IEnumerable<INamedTypeSymbol> SelfAndBases(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>The method and those it overrides, nearest first.</summary>
    public static IEnumerable<IMethodSymbol> SelfAndOverridden(this IMethodSymbol method)
    {
        for (IMethodSymbol? current = method; current is not null; current = current.OverriddenMethod)
        {
            yield return current;
        }
    }

    /// <summary>The property and those it overrides, nearest first.</summary>
    public static IEnumerable<ISymbol> SelfAndOverridden(this ISymbol member)
    {
        for (ISymbol? current = member; current is not null; current = (current as IPropertySymbol)?.OverriddenProperty)
        {
            yield return current;
        }
    }

    public static bool DerivesFrom(this ITypeSymbol type, string fullName)
        => type is INamedTypeSymbol named && named.SelfAndBases().Any(current => current.IsNamed(fullName));

    /// <summary>The type as <c>typeof</c> in generated code takes it.</summary>
    public static string FullName(this ITypeSymbol type)
        => type.TypeKind == TypeKind.Dynamic ? "object" : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>Whether generated code of the compilation may name the type.</summary>
    public static bool IsNameable(this ITypeSymbol type, Compilation compilation) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.IsNameable(compilation),
        INamedTypeSymbol named => !named.IsAnonymousType
            && !named.IsUnboundGenericType
            && !ContainingTypes(named).Any(current => current.IsFileLocal)
            && ContainingTypes(named).SelectMany(current => current.TypeArguments).All(argument => argument.IsNameable(compilation))
            && !IsObsoleteError(named)
            && compilation.IsSymbolAccessibleWithin(named, compilation.Assembly),
        { TypeKind: TypeKind.Dynamic } => true,
        _ => false,
    };

    public static string? NamedString(this AttributeData attribute, string name)
        => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null;

    public static object? Argument(this AttributeData attribute, int index)
        => attribute.ConstructorArguments.Length > index && attribute.ConstructorArguments[index].Kind != TypedConstantKind.Array
            ? attribute.ConstructorArguments[index].Value
            : null;

    private static IEnumerable<INamedTypeSymbol> ContainingTypes(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            yield return current;
        }
    }

    private static bool IsObsoleteError(INamedTypeSymbol type)
        => type.Attribute("System.ObsoleteAttribute")?.Argument(1) is true;

    private static bool IsNamespace(INamespaceSymbol? space, string fullName)
    {
        while (space is { IsGlobalNamespace: false })
        {
            if (!fullName.EndsWith(space.Name, StringComparison.Ordinal))
            {
                return false;
            }

            int rest = fullName.Length - space.Name.Length;
            if (rest > 0 && fullName[rest - 1] != '.')
            {
                return false;
            }

            fullName = fullName.Substring(0, Math.Max(rest - 1, 0));
            space = space.ContainingNamespace;
        }

        return fullName.Length == 0;
    }
}
