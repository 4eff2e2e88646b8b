using FlightRecorder.Generators.Parse;
using Microsoft.CodeAnalysis;

namespace FlightRecorder.Generators.Analyzers;

/// <summary>Whether a member that no serializer reaches is a column all the same. Asked only before something would be reported.</summary>
internal static class EntityUse
{
    public static bool IsColumn(ISymbol member, Compilation compilation)
        => !member.Has(KnownNames.NotMapped) && (member.ContainingType.Has(KnownNames.Record) || IsEntity(member.ContainingType, compilation));

    /// <summary>Whether a DbContext of the compilation leads to the type.</summary>
    public static bool IsEntity(INamedTypeSymbol type, Compilation compilation)
        => Contexts(compilation.Assembly.GlobalNamespace)
            .SelectMany(context => EntityTypes.Of(context, compilation))
            .Any(entity => entity.SelfAndBases().Contains(type, SymbolEqualityComparer.Default));

    private static IEnumerable<INamedTypeSymbol> Contexts(INamespaceOrTypeSymbol container)
        => container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member
            => member is INamedTypeSymbol type && type.DerivesFrom(KnownNames.DbContext) ? Contexts(type).Prepend(type) : Contexts(member));
}
