using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>Which classes and methods ASP.NET Core takes for controllers and actions.</summary>
internal static class Controllers
{
    public static bool IsController(INamedTypeSymbol type)
        => type is { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false, ContainingType: null, DeclaredAccessibility: Accessibility.Public }
            && LooksLikeController(type)
            && !IsOptedOut(type);

    public static bool IsOptedOut(INamedTypeSymbol type) => type.SelfAndBases().Any(current => current.Has(KnownNames.NonController));

    /// <summary>A controller, or a base class of controllers.</summary>
    public static bool LooksLikeController(INamedTypeSymbol type)
        => type.Name.EndsWith("Controller", StringComparison.OrdinalIgnoreCase)
            || type.SelfAndBases().Any(current => current.IsNamed(KnownNames.ControllerBase) || HasControllerAttribute(current));

    /// <summary>The actions, inherited ones too, in source order; an override stands for what it overrides.</summary>
    public static IEnumerable<IMethodSymbol> Actions(INamedTypeSymbol controller)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return controller.SelfAndBases()
            .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(method => IsAction(method) && seen.Add(Signature(method)));
    }

    public static bool IsAction(IMethodSymbol method)
        => method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsAbstract: false, IsGenericMethod: false }
            && !method.SelfAndOverridden().Any(IsFrameworkMethod)
            && !IsDispose(method);

    private static bool IsFrameworkMethod(IMethodSymbol method)
        => method.Has(KnownNames.NonAction) || method.ContainingType.SpecialType == SpecialType.System_Object;

    private static bool IsDispose(IMethodSymbol method)
        => method is { Name: "Dispose", Parameters.Length: 0, ReturnsVoid: true }
            && method.ContainingType.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_IDisposable);

    private static bool HasControllerAttribute(INamedTypeSymbol type)
        => type.GetAttributes().Any(attribute => attribute.AttributeClass?.DerivesFrom(KnownNames.ControllerAttribute) == true);

    private static string Signature(IMethodSymbol method)
        => $"{method.Name}({string.Join(",", method.Parameters.Select(parameter => parameter.Type.FullName()))})";
}
