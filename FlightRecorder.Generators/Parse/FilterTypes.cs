using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>Which types a rule's <c>Filter</c> may name.</summary>
internal static class FilterTypes
{
    public static bool IsCallable(INamedTypeSymbol type, Compilation compilation)
        => Implements(type) && HasMethod(type) && type.IsNameable(compilation);

    public static bool Implements(INamedTypeSymbol type)
        => type.TypeKind != TypeKind.Interface && type.AllInterfaces.Any(face => face.IsNamed(KnownNames.RecordFilter));

    // Generated code calls it by name, so an explicit implementation does not do.
    public static bool HasMethod(INamedTypeSymbol type)
        => type.SelfAndBases().Any(current => current.GetMembers("ShouldRecord").OfType<IMethodSymbol>().Any(IsFilterMethod));

    private static bool IsFilterMethod(IMethodSymbol method)
        => method is { IsStatic: true, IsGenericMethod: false, DeclaredAccessibility: Accessibility.Public, ReturnType.SpecialType: SpecialType.System_Boolean, Parameters.Length: 1 }
            && method.Parameters[0].Type.IsNamed(KnownNames.RequestFacts);
}
