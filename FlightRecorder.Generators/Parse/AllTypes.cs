using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Parse;

/// <summary>The types of a namespace and all below it, nested ones too.</summary>
internal static class AllTypes
{
    public static IEnumerable<INamedTypeSymbol> Of(INamespaceOrTypeSymbol container)
        => container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member => member is INamedTypeSymbol type ? Of(type).Prepend(type) : Of(member));
}
