using FlightRecorder.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlightRecorder.Generators.Parse;

/// <summary>
/// The map of a type that carries a mark, whether or not anything recorded in this assembly leads to it: where the type of a body is unknown,
/// all marked names apply, and the body may be of a type that another assembly declares.
/// </summary>
internal static class MarkParser
{
    /// <summary>Looks at types and not at attributes, because one of <c>[property: Redact]</c> is found under neither the parameter nor the property.</summary>
    public static bool IsCandidate(SyntaxNode node)
        => node is TypeDeclarationSyntax type && (IsMarked(type.AttributeLists) || AnyMarked(type.ParameterList) || type.Members.Any(IsMarked));

    public static Fragment Parse(SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        if (semantics.GetDeclaredSymbol(node, cancellation) is not INamedTypeSymbol { IsStatic: false } type
            || type.DerivesFrom(KnownNames.ControllerBase)
            || type.DerivesFrom(KnownNames.DbContext))
        {
            return Fragment.Empty;
        }

        var graph = new TypeGraph(semantics.Compilation, MapKind.Body);
        return graph.AddMarks(type) is { } key && graph.HasRules(key) ? new Fragment { Marked = graph.ToMaps() } : Fragment.Empty;
    }

    private static bool IsMarked(MemberDeclarationSyntax member)
        => member is PropertyDeclarationSyntax or FieldDeclarationSyntax ? IsMarked(member.AttributeLists)
            : member is ConstructorDeclarationSyntax constructor && AnyMarked(constructor.ParameterList);

    private static bool AnyMarked(ParameterListSyntax? parameters) => parameters?.Parameters.Any(parameter => IsMarked(parameter.AttributeLists)) is true;

    private static bool IsMarked(SyntaxList<AttributeListSyntax> lists) => lists.Any(list => list.Attributes.Any(attribute => AttributeNames.Matches(attribute.Name, KnownNames.Redact)));
}
