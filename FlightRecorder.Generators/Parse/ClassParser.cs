using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>
/// Looks at classes without asking for an attribute: a controller or DbContext may owe its rule to a base class, to the
/// assembly or to another assembly.
/// </summary>
internal static class ClassParser
{
    /// <summary>Cheap enough for every node: only a class that names a base, has an attribute or is called a controller can matter.</summary>
    public static bool IsCandidate(SyntaxNode node)
        => node is ClassDeclarationSyntax or RecordDeclarationSyntax
            && node is TypeDeclarationSyntax type
            && (type.BaseList is not null || type.AttributeLists.Count > 0 || type.Identifier.ValueText.EndsWith("Controller", StringComparison.OrdinalIgnoreCase));

    public static Fragment Parse(SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        if (semantics.GetDeclaredSymbol(node, cancellation) is not INamedTypeSymbol type || !Speaks(node, type))
        {
            return Fragment.Empty;
        }

        Compilation compilation = semantics.Compilation;
        if (Controllers.IsController(type))
        {
            return ControllerParser.Parse(type, compilation);
        }

        return !MayHaveRows(type, compilation) ? Fragment.Empty
            : type.DerivesFrom(KnownNames.DbContext) ? ContextParser.Parse(type, compilation)
            : EntityParser.Parse(type, compilation);
    }

    /// <summary>Whether the class may be a DbContext or an entity.</summary>
    public static bool MayHaveRows(INamedTypeSymbol type, Compilation compilation)
        => type is { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false, IsStatic: false }
            && type.IsNameable(compilation)
            && !type.DerivesFrom(KnownNames.ControllerBase);

    // Of a partial class the first candidate part speaks for all.
    private static bool Speaks(SyntaxNode node, INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.Length == 1 || type.DeclaringSyntaxReferences.Select(part => part.GetSyntax()).First(IsCandidate) == node;
}
