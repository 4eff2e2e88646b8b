using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>The entities of a DbContext: its sets, what the model is told of, and what they lead to by navigation.</summary>
internal static class EntityTypes
{
    public static IEnumerable<INamedTypeSymbol> Of(INamedTypeSymbol context, Compilation compilation)
    {
        var found = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var waiting = new Queue<ITypeSymbol>(Sets(context).Concat(Configured(context, compilation)));
        DerivedTypes derived = DerivedTypes.Of(compilation);
        while (waiting.Count > 0)
        {
            if (TypeShapes.Unwrap(waiting.Dequeue()) is INamedTypeSymbol { TypeKind: TypeKind.Class } type && IsEntity(type, compilation) && found.Add(type))
            {
                Enqueue(waiting, TypeMembers.Of(type, MapKind.Row).Select(member => member.Type));
                Enqueue(waiting, derived.Of(type));
            }
        }

        return found.OrderBy(type => type.FullName(), StringComparer.Ordinal);
    }

    private static bool IsEntity(INamedTypeSymbol type, Compilation compilation)
        => !TypeShapes.IsLeaf(type) && !TypeShapes.IsOpen(type) && !type.Has(KnownNames.NotMapped) && type.IsNameable(compilation);

    private static void Enqueue(Queue<ITypeSymbol> waiting, IEnumerable<ITypeSymbol> types)
    {
        foreach (ITypeSymbol type in types)
        {
            waiting.Enqueue(type);
        }
    }

    private static IEnumerable<ITypeSymbol> Sets(INamedTypeSymbol context)
        => context.SelfAndBases()
            .SelectMany(type => type.GetMembers().OfType<IPropertySymbol>())
            .Select(property => property.Type)
            .OfType<INamedTypeSymbol>()
            .Where(type => type.Arity == 1 && type.IsNamed(KnownNames.DbSet))
            .Select(type => type.TypeArguments[0]);

    // modelBuilder.Entity<Order>() and Set<Order>() in the context's own source.
    private static IEnumerable<ITypeSymbol> Configured(INamedTypeSymbol context, Compilation compilation)
        => context.DeclaringSyntaxReferences
            .Select(part => part.GetSyntax())
            .SelectMany(part => part.DescendantNodes().OfType<GenericNameSyntax>())
            .Where(name => name is { Identifier.ValueText: "Entity" or "Set", TypeArgumentList.Arguments.Count: 1 })
            .Select(name => compilation.GetSemanticModel(name.SyntaxTree).GetTypeInfo(name.TypeArgumentList.Arguments[0]).Type)
            .OfType<ITypeSymbol>();
}
